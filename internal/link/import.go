package link

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// ImportState takes an id or an identity; the refresh that follows fills the state.
func (r *Resource[M, L, PM]) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	var key driver.Key
	if req.ID != "" {
		key = r.parseImportID(req.ID)
	} else {
		var id, scope types.String
		resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root("id"), &id)...)
		if r.info.Scope != "" {
			resp.Diagnostics.Append(req.Identity.GetAttribute(ctx, path.Root(r.info.Scope), &scope)...)
		}
		key = driver.Key{Scope: scope.ValueString(), ID: id.ValueString()}
	}
	if r.info.Scope != "" && key.Scope == "" && !strings.Contains(req.ID, "/") {
		key.Scope = r.defaultScope()
	}
	if err := r.validateKey(key); err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("id"), "Cannot import "+r.info.Title+" payment link",
			fmt.Sprintf("The import id %q does not name a link: %s. Write %s.", displayedImportID(req.ID, key), err, r.importIDFormat()))
	}
	if resp.Diagnostics.HasError() {
		return
	}
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), key.ID)...)
	if r.info.Scope != "" {
		resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root(r.info.Scope), key.Scope)...)
	}
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, key)...)
	resp.Diagnostics.Append(privateState{Imported: true}.write(ctx, resp.Private)...)
}

func (r *Resource[M, L, PM]) parseImportID(text string) driver.Key {
	if r.info.Scope != "" {
		if scope, id, ok := strings.Cut(text, "/"); ok {
			return driver.Key{Scope: scope, ID: id}
		}
	}
	return driver.Key{ID: text}
}

func displayedImportID(written string, key driver.Key) string {
	if written != "" {
		return written
	}
	return key.ImportID()
}

func (r *Resource[M, L, PM]) importIDFormat() string {
	if r.info.Scope != "" {
		return "{" + r.info.Scope + "}/{id}, or {id} alone"
	}
	return "the link's id"
}

// validateKey refuses what can be no id before it becomes part of an address.
func (a *configured[M, L, PM]) validateKey(key driver.Key) error {
	parts := map[string]string{"id": key.ID}
	if a.info.Scope != "" {
		parts[a.info.Scope] = key.Scope
	}
	for name, part := range parts {
		switch {
		case part == "":
			return fmt.Errorf("the %s is missing", name)
		case part == "." || part == "..":
			return fmt.Errorf("%q is not an %s", part, name)
		case strings.ContainsFunc(part, func(c rune) bool { return c == '/' || c == '\\' || unicode.IsSpace(c) || unicode.IsControl(c) }):
			return errors.New("it holds a slash, a blank or a control character")
		}
	}
	if a.info.CheckID != nil {
		return a.info.CheckID(key.ID)
	}
	return nil
}
