// Package rest is the HTTP client of all vendor packages: authentication, retries, typed errors, size limits, and the redaction
// of what must not be shown. It knows no vendor; as an error body it accepts every shape that they publish.
//
// Where it is decided:
//
//   - What is repeated after a 5xx, a 429 or a lost connection, and after what wait: retry.go, in one pure function, decide.
//   - What a failed request may have left behind (NotApplied or Unknown): retry.go, outcomeOf.
//   - How much time and how many waits the retries of one operation may take: context.go.
//   - When a request may be sent, and with which token: execution.go; where tokens come from: package auth; how many requests
//     a minute holds: package ratelimit.
//   - What counts as a usable success: response.go for one value, stream.go for a list; which fields of it can be read: package
//     lenient.
//   - What is read from an error body: error_body.go; how an error reads: errors.go; what is hidden in it: redaction.go and
//     package redact.
//   - Which addresses are accepted: config.go; which redirects are followed, which proxy and certificates apply: transport.go.
//
// The files build on each other one way: do.go (requests as callers send them), attempt.go, execution.go, client.go, and below them what needs no client.
package rest
