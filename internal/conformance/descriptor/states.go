package descriptor

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"

// templateText is a text with the engine's template sequences in it, and more.
const templateText = "50 % \"off\" ${var.x} %{ if true } \\n {\"a\":1}"

// changed is a copy of a configuration with other values at dotted paths.
func changed(config Object, changes ...Object) Object { return tfconfig.Changed(config, changes...) }

// all are the Shows of a filter that leaves nothing out.
var all = []string{"open", "processing", "paid", "expired", "revoked", "unknown"}

// lookedAt is a state in which an action changes nothing, and finds that out by reading the link; operation is the call
// that is refused before that, "" for none.
func lookedAt(operation string, fails bool, then string, text []string, before ...string) ActionState {
	calls := append(calls(operation), "get")
	return ActionState{Before: before, First: calls, Again: calls, Fails: fails, Text: text, Then: then}
}

// notFound is an action on a link that does not exist: it is read again for as long as a new link may take to appear.
func notFound(operation string) ActionState {
	calls := append(calls(operation), "get", "get", "get", "get")
	return ActionState{Before: []string{"delete"}, First: calls, Again: calls, Fails: true, Text: []string{"found no link", "404"}}
}

func calls(operation string) []string {
	if operation == "" {
		return nil
	}
	return []string{operation}
}
