package conformance_test

import (
	"context"
	"net/http"
	"strings"
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

func TestListOfNothingIsEmpty(t *testing.T) {
	forEachList(t, func(f *fixture) {
		if found := f.listAll(protocoltest.ListRequest{IncludeResource: true}); len(found) != 0 {
			f.Errorf("%v", found)
		}
		f.requireOnlyLists("nothing", 1)
	})
}

// What goes wrong in the middle of a list is an error after what was found, and never a short list that looks whole.
func TestListThatFailsIsNotShort(t *testing.T) {
	faults := map[string]fault.Fault{
		"refused":   {Kind: fault.Answer, Status: http.StatusForbidden, Body: `{"message":"no"}`},
		"error":     {Kind: fault.HTML, Status: http.StatusInternalServerError},
		"truncated": {Kind: fault.Truncate},
		"malformed": {Kind: fault.Malformed},
		"too large": {Kind: fault.Oversize},
	}
	forEachList(t, func(f *fixture) {
		for name, injected := range faults {
			f.Run(name, func(t *testing.T) {
				t.Parallel()
				f := f.again(t)
				f.seed(300)
				f.injectAfterFirstPage(injected)
				found, diags := f.Server.List(f.Context(), f.d.ResourceType(), protocoltest.ListRequest{IncludeResource: true})
				f.Record(diags)
				if len(found) < f.d.List.PageSize || len(found) >= 300 {
					f.Errorf("%d links before the error", len(found))
				}
				if len(diags) != 1 || !diags.HasError() || !strings.HasPrefix(diags[0].Summary, "Cannot list ") || !strings.Contains(diags[0].Detail, "not read completely") {
					f.Errorf("said: %s", diags)
				}
			})
		}
	})
}

func TestListEndsWithItsContext(t *testing.T) {
	forEachList(t, func(f *fixture) {
		f.seed(300)
		f.ResetCalls()
		ctx, cancel := context.WithCancel(f.Context())
		seen, failed := 0, false
		f.Server.ListEach(ctx, f.d.ResourceType(), protocoltest.ListRequest{}, func(_ protocoltest.ListResult, diags protocoltest.Diagnostics) bool {
			if seen++; seen == 10 {
				cancel()
			}
			failed = failed || f.Record(diags).HasError()
			return true
		})
		if got := f.CallCount(f.d.Operations.List); got > 1 || f.d.List.PageSize > 0 && !failed {
			f.Errorf("%d requests, failed: %v", got, failed)
		}
	})
}
