package provider

import (
	"context"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/clock"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/createonce/journal"
)

// JournalVariable is the environment's `journal`.
const JournalVariable = "PAYMENTLINKS_JOURNAL"

func journalAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "Path of the journal of creates, a file for all runs of one user, or `off` for none. It tells an apply which links exist already after another one was killed, so that it takes them over instead of making them again. " +
			"It holds no payer's data, no amount and no credential. Default: `terraform-provider-paymentlinks/journal` in the user's state folder (`$XDG_STATE_HOME`, `~/.local/state`, or `%LocalAppData%`). " +
			"Falls back to the environment variable `" + JournalVariable + "`.",
		Optional: true,
	}
}

// openJournal returns the journal of the run that this configuration begins; nil for none.
func openJournal(ctx context.Context, config tfsdk.Config, clk clock.Clock, diags *diag.Diagnostics) *journal.Journal {
	text := setting[types.String](ctx, config, "journal", "path", diags)
	if text.IsUnknown() {
		return nil
	}
	file := text.ValueString()
	if file == "" {
		file = os.Getenv(JournalVariable)
	}
	if file == journal.Off {
		return nil
	}
	if file == "" {
		var err error
		if file, err = journal.DefaultPath(os.Getenv); err != nil {
			diags.AddAttributeWarning(path.Root("journal"), "No journal of creates is kept",
				"If Terraform or the provider is killed during an apply, the next one cannot tell which links exist already: "+err.Error()+". Set `journal`, or "+JournalVariable+", to the path of a file, or to \"off\".")
			return nil
		}
	}
	return journal.New(journal.NewFileStore(file), journal.Place(os.Getenv), clk)
}
