package protoserver

import (
	"context"
	"sync"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// isFaultless reports whether a link's configuration is one about which the framework would say nothing; false if only it can tell.
func isFaultless(ctx context.Context, resource shortcut, asked validatedConfig, encoded *tfprotov6.DynamicValue) bool {
	if resource.schema == nil {
		return false
	}
	config, err := encoded.Unmarshal(resource.StateType())
	return err == nil && resource.schema.IsFaultless(ctx, config, asked.takesWriteOnly) && len(resource.EvaluateConfig(ctx, asked.providerData, config)) == 0
}

// maxValidatedBytes bounds the configurations that are remembered.
const maxValidatedBytes = 1 << 20

// validated remembers what was said about configurations: an engine asks for each instance again, and a block of many may have one for
// all.
type validated struct {
	mu    sync.Mutex
	said  map[validatedConfig][]*tfprotov6.Diagnostic
	bytes int
}

// validatedConfig is what an answer depends on: the same configuration has the same bytes, under the same one of the provider.
type validatedConfig struct {
	providerData   any
	typeName       string
	takesWriteOnly bool
	msgPack, json  string
}

func newValidatedConfig(providerData any, req *tfprotov6.ValidateResourceConfigRequest) validatedConfig {
	takesWriteOnly := req.ClientCapabilities != nil && req.ClientCapabilities.WriteOnlyAttributesAllowed
	return validatedConfig{providerData, req.TypeName, takesWriteOnly, string(req.Config.MsgPack), string(req.Config.JSON)}
}

func (v *validated) lookUp(config validatedConfig) (diags []*tfprotov6.Diagnostic, ok bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	diags, ok = v.said[config]
	return diags, ok
}

func (v *validated) add(config validatedConfig, diags []*tfprotov6.Diagnostic) {
	v.mu.Lock()
	defer v.mu.Unlock()
	size := len(config.msgPack) + len(config.json)
	if v.bytes += size; v.said == nil || v.bytes > maxValidatedBytes {
		v.said, v.bytes = map[validatedConfig][]*tfprotov6.Diagnostic{}, size
	}
	v.said[config] = diags
}
