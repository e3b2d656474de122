package link

import "testing"

// A warning speaks of `destroy = false` in a `lifecycle` only where the engine may know it.
func TestUnlessForgotten(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]bool{"1.11.0": false, "1.11.6": false, "1.12.0-beta1": true, "1.12.0": true, "1.16.0-dev": true, "2.0.0": true, "": true, "next": true} {
		if got := (&ProviderData{EngineVersion: engine}).unlessForgotten() != ""; got != want {
			t.Errorf("%q: %t", engine, got)
		}
	}
}

// Only Terraform from 1.14 on has `terraform query`; an engine that does not tell its version may lack it.
func TestEngineIsAtLeast(t *testing.T) {
	t.Parallel()
	for engine, want := range map[string]bool{"1.14.0": true, "1.14.0-beta1": true, "1.16.4": true, "1.13.9": false, "1.12.6": false, "": false, "dev": false} {
		if got := (&ProviderData{EngineVersion: engine}).engineIsAtLeast("1.14", false); got != want {
			t.Errorf("%q: %t", engine, got)
		}
	}
}
