package provider

import (
	"cmp"
	"context"
	"os"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
)

// setting reads a setting of the provider's own, of which kind says what it is. One that is not known yet is an error on its attribute.
func setting[T attr.Value](ctx context.Context, config tfsdk.Config, name, kind string, diags *diag.Diagnostics) (value T) {
	at := path.Root(name)
	diags.Append(config.GetAttribute(ctx, at, &value)...)
	if value.IsUnknown() {
		diags.AddAttributeError(at, "Value not known yet", "`"+name+"` depends on something that does not exist yet, but the provider is configured before anything is planned. Use a literal "+kind+" or a variable.")
	}
	return value
}

// duration reads a duration of the provider's own.
func duration(ctx context.Context, config tfsdk.Config, name string, fallback time.Duration, diags *diag.Diagnostics) time.Duration {
	text := setting[types.String](ctx, config, name, "duration", diags)
	d, err := time.ParseDuration(text.ValueString())
	if err != nil { // null; anything else was refused by the attribute's validator
		return fallback
	}
	return d
}

// refreshVariable is the environment's `refresh`.
const refreshVariable = "PAYMENTLINKS_REFRESH"

func refreshes() (out []string) {
	for _, one := range link.RefreshModes {
		out = append(out, string(one))
	}
	return out
}

// textOrVariable reads a text of the provider's own, else its environment variable; false for one that is not known yet.
func textOrVariable(ctx context.Context, config tfsdk.Config, name, kind, variable string, diags *diag.Diagnostics) (text string, known bool) {
	value := setting[types.String](ctx, config, name, kind, diags)
	return cmp.Or(value.ValueString(), os.Getenv(variable)), !value.IsUnknown()
}

// refresh reads the setting, else its variable. A value that the variable has wrong is an error on the attribute.
func refresh(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) link.RefreshMode {
	text, known := textOrVariable(ctx, config, "refresh", "value", refreshVariable, diags)
	if !known { // which is an error by itself
		return link.RefreshAuto
	}
	value := cmp.Or(link.RefreshMode(text), link.RefreshAuto)
	if !slices.Contains(link.RefreshModes, value) {
		diags.AddAttributeError(path.Root("refresh"), "Invalid value of "+refreshVariable, "The environment variable "+refreshVariable+" must be one of "+strings.Join(refreshes(), ", ")+".")
	}
	return value
}

// JournalVariable is the environment's `journal`.
const JournalVariable = "PAYMENTLINKS_JOURNAL"

// openJournal returns the journal of the run that this configuration begins; nil for none.
func openJournal(ctx context.Context, config tfsdk.Config, clk clock.Clock, diags *diag.Diagnostics) *journal.Journal {
	file, known := textOrVariable(ctx, config, "journal", "path", JournalVariable, diags)
	if !known || file == journal.Off {
		return nil
	}
	if file == "" {
		var err error
		if file, err = journal.DefaultPath(os.Getenv); err != nil {
			diags.AddAttributeWarning(path.Root("journal"), "No journal of creates",
				"If Terraform or the provider is killed during an apply, the next apply cannot tell which links already exist: "+err.Error()+". Set `journal`, or "+JournalVariable+", to the path of a file, or to \"off\".")
			return nil
		}
	}
	out := journal.New(journal.NewFileStore(file), journal.Workspace(os.Getenv), clk)
	out.Partial = sync.OnceValue(func() bool { return journal.IsPartial(context.WithoutCancel(ctx), os.Getenv) })
	return out
}

// lookVariable is the environment's `look_before_create`.
const lookVariable = "PAYMENTLINKS_LOOK_BEFORE_CREATE"

// lookBeforeCreate reads the setting, else its variable. A value that the variable has wrong is an error on the attribute.
func lookBeforeCreate(ctx context.Context, config tfsdk.Config, diags *diag.Diagnostics) bool {
	look := setting[types.Bool](ctx, config, "look_before_create", "value", diags)
	switch value := os.Getenv(lookVariable); {
	case look.IsUnknown():
		return false
	case !look.IsNull():
		return look.ValueBool()
	case value != "" && value != "true" && value != "false":
		diags.AddAttributeError(path.Root("look_before_create"), "Invalid value of "+lookVariable, "The environment variable "+lookVariable+" must be true or false.")
		return false
	default:
		return value != "false"
	}
}
