package rest

import (
	"context"
	"sync"
)

// WithSensitive returns a context whose requests hide further texts, such as a payer's data, in their errors and in the log. texts is
// called at most once, when something is to be shown.
func WithSensitive(ctx context.Context, texts func() []string) context.Context {
	return context.WithValue(ctx, sensitiveKey{}, sync.OnceValue(texts))
}

type sensitiveKey struct{}

// sensitiveFrom returns what a context hides; nil for nothing.
func sensitiveFrom(ctx context.Context) func() []string {
	texts, _ := ctx.Value(sensitiveKey{}).(func() []string)
	return texts
}

// lazyText is a field of a log that is made only if the log is written: to redact it costs more than a request.
type lazyText func() string

// MarshalText returns the text.
func (l lazyText) MarshalText() ([]byte, error) { return []byte(l()), nil }
