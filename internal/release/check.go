package release

import (
	"fmt"
	"strings"

	"github.com/hashicorp/go-version"
	tfjson "github.com/hashicorp/terraform-json"
)

// Check fails when the schema breaks what the frozen version promises, unless the CHANGELOG's newest version may do so and says so.
//
// Only a new major version may break something; before 1.0.0, as semantic versioning has it, a new minor one. Before the first release
// the frozen schema is that of the release to come: to break it, it is frozen again, so that nothing changes unseen.
func Check(frozen FrozenSchema, now *tfjson.ProviderSchema, entries []Entry) error {
	promised, err := version.NewSemver(frozen.Version)
	if err != nil {
		return fmt.Errorf("the frozen schema: %w", err)
	}
	for _, entry := range entries {
		if entry.Released() {
			if !entry.Version.Equal(promised) {
				return fmt.Errorf("the last release is %s, the frozen schema is that of %s: it is frozen with every release (\"make freeze\")", entry.Version, promised)
			}
			break
		}
	}
	breaks := BreakingChanges(frozen.Schema, now)
	if len(breaks) == 0 {
		return nil
	}
	advice := missing(promised, entries[0])
	if advice == "" {
		return nil
	}
	return fmt.Errorf("the schema breaks what works with %s:\n\n  %s\n\n%s", promised, strings.Join(breaks, "\n  "), advice)
}

// missing tells what a change that breaks the promised version lacks; empty for nothing.
func missing(promised *version.Version, next Entry) string {
	switch {
	case next.Version.Equal(promised) && !next.Released():
		return `Nothing is released yet. If the change is meant, freeze the schema again with "make freeze"; if not, undo it.`
	case !mayBreak(promised, next.Version):
		return fmt.Sprintf(`Keep what is there beside the new, deprecated, or make the CHANGELOG's newest version %s, which may break it, with a section "BREAKING CHANGES:".`, nextBreaking(promised))
	case !next.Breaking():
		return fmt.Sprintf(`%s may do so: say in the CHANGELOG, under "BREAKING CHANGES:", what users have to change.`, next.Version)
	}
	return ""
}

// mayBreak tells whether the step from one version to the next announces that something breaks. A pre-release promises nothing, and one
// of a version that may break something may do so too.
func mayBreak(from, to *version.Version) bool {
	return from.Prerelease() != "" || !to.Core().LessThan(nextBreaking(from))
}

func nextBreaking(from *version.Version) *version.Version {
	segments := from.Segments()
	if segments[0] == 0 {
		return version.Must(version.NewSemver(fmt.Sprintf("0.%d.0", segments[1]+1)))
	}
	return version.Must(version.NewSemver(fmt.Sprintf("%d.0.0", segments[0]+1)))
}
