package link

import (
	"context"
	"fmt"
	"maps"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringdefault"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// schemaVersion is the version of every link's state. A higher one needs an entry in each vendor's Info.Upgrades.
const schemaVersion = 1

const (
	onDestroyRevoke  = "revoke"
	onDestroyAbandon = "abandon"
	onDestroyFail    = "fail"

	activateAttribute    = "activate"
	renewBeforeAttribute = "renew_before"
	replacePaidAttribute = "replace_paid"
	stateAttribute       = "state"
	statusAttribute      = "status"
)

// lifecycleAttributes are the provider's own: they change in place, without a request.
var lifecycleAttributes = []string{"replace_when", renewBeforeAttribute, replacePaidAttribute, "on_destroy", "timeouts"}

// ResourceSchema returns the schema of `paymentlinks_<vendor>_link`: the common attributes and the vendor's own.
func ResourceSchema[M, L any](vendor driver.Vendor[M, L], revocable bool) schema.Schema {
	info, own := vendor.Info(), vendor.Attributes()
	replaceWhen, _ := types.SetValueFrom(context.Background(), types.StringType, defaultReplaceWhen(info)) // of texts always possible
	attributes := map[string]schema.Attribute{
		"id":  tfvalue.ComputedString("Identifier of the payment link at " + info.Title + "."),
		"url": tfvalue.ComputedString("URL of the payment page, to give to the payer."),
		stateAttribute: tfvalue.ComputedString("State of the link in terms common to all vendors: `open`, `processing`, `paid`, `expired`, `revoked`, " +
			"or `unknown` for a status that the vendor does not document."),
		"replace_when": schema.SetAttribute{
			MarkdownDescription: "States in which the next plan replaces the link with a new one: any of `revoked`, `expired` and `paid`. " +
				"Default: " + quotedList(defaultReplaceWhen(info)) + ". Changing it sends nothing to the vendor.",
			ElementType: types.StringType,
			Optional:    true,
			Computed:    true,
			Default:     setdefault.StaticValue(replaceWhen),
			Validators:  []validator.Set{setvalidator.ValueStringsAre(stringvalidator.OneOf(driver.EndedStates()...))},
		},
		replacePaidAttribute: schema.BoolAttribute{
			MarkdownDescription: "Whether a change of arguments may replace a link that is `paid`, `processing` or `unknown`: the new link requests the money again. " +
				"If `false` (default), such a change is an error during planning. Changing it sends nothing to the vendor.",
			Optional: true,
			Computed: true,
			Default:  booldefault.StaticBool(false),
		},
		"on_destroy": schema.StringAttribute{
			MarkdownDescription: onDestroyDescription(info, revocable),
			Optional:            true,
			Computed:            true,
			Default:             stringdefault.StaticString(onDestroyValues(revocable)[0]),
			Validators:          []validator.String{stringvalidator.OneOf(onDestroyValues(revocable)...)},
		},
		"timeouts": timeoutsAttribute(own),
	}
	if expirer, ok := vendor.(driver.Expirer[M]); ok {
		attributes[renewBeforeAttribute] = schema.StringAttribute{
			MarkdownDescription: "How long before `" + expirer.Expiry(new(M)).Attribute + "` a plan renews the link, a duration such as `72h`, from `1s` to `8760h`: from then on, the next plan replaces a link that is still `open` with a new one. " +
				"It must be shorter than the link's lifetime. If not set, the link is not renewed. Changing it sends nothing to the vendor.",
			Optional:   true,
			Validators: []validator.String{tfvalue.DurationBetween(shortestTimeout, longestDelete, "24h or 30m")},
		}
	}
	maps.Copy(attributes, own)
	return schema.Schema{
		Version:             schemaVersion,
		MarkdownDescription: info.Description,
		Attributes:          attributes,
	}
}

// onDestroyValues lists the values of `on_destroy`, the default first.
func onDestroyValues(revocable bool) []string {
	if revocable {
		return []string{onDestroyRevoke, onDestroyAbandon}
	}
	return []string{onDestroyAbandon, onDestroyFail}
}

func onDestroyDescription(info driver.Info, revocable bool) string {
	if revocable {
		return "What happens to the link when it is destroyed or replaced: `revoke` (default) revokes it at " + info.Title +
			"; `abandon` removes it from state and leaves it payable. Destroy reads this setting from state: set it, apply, then destroy."
	}
	return info.Title + " documents no call that revokes a link. `abandon` (default) removes it from state with a warning that its URL can still be paid; " +
		"`fail` rejects destroying or replacing the link while it is open. Destroy reads this setting from state: set it, apply, then destroy."
}

// The range of `timeouts`. A destroy may wait for a link to expire.
const (
	shortestTimeout = "1s"
	longestTimeout  = "24h"
	longestDelete   = "8760h"
)

func timeoutsAttribute(own map[string]schema.Attribute) schema.Attribute {
	activating := ""
	if _, activates := own[activateAttribute]; activates {
		activating = " and the activation after it"
	}
	attribute := timeouts.Attributes(context.Background(), timeouts.Opts{
		Create: true, Read: true, Delete: true,
		CreateDescription: "Maximum duration of a create" + activating + ", such as `30s` or `5m`, from `%s` to `%s`. Default `5m`.",
		ReadDescription:   "Maximum duration of a refresh, such as `30s` or `5m`, from `%s` to `%s`. Default `2m`.",
		DeleteDescription: "Maximum duration of a destroy, such as `30s` or `5m`, from `%s` to `%s`. Default `5m`.",
	}).(schema.SingleNestedAttribute) // panics if a new version of the library has another kind
	attribute.MarkdownDescription = "Maximum durations of the operations on this link. Changing it sends nothing to the vendor."
	for name, nested := range attribute.Attributes {
		text := nested.(schema.StringAttribute)
		longest := longestTimeout
		if name == "delete" {
			longest = longestDelete
		}
		text.MarkdownDescription, text.Description = fmt.Sprintf(text.Description, shortestTimeout, longest), ""
		text.Validators = []validator.String{tfvalue.DurationBetween(shortestTimeout, longest, "30s or 5m")}
		attribute.Attributes[name] = text
	}
	return attribute
}

func identitySchema(info driver.Info) identityschema.Schema {
	attributes := map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{
			Description:       "Identifier of the payment link at " + info.Title + ".",
			RequiredForImport: true,
		},
	}
	if info.Scope != "" {
		attributes[info.Scope] = identityschema.StringAttribute{
			Description:       "The " + info.Scope + " the link belongs to. Default: the provider's.",
			OptionalForImport: true,
		}
	}
	return identityschema.Schema{Attributes: attributes}
}

func defaultReplaceWhen(info driver.Info) []string {
	names := make([]string, 0, len(info.ReplaceWhen))
	for _, s := range info.ReplaceWhen {
		names = append(names, string(s))
	}
	return names
}

// quotedList writes texts as a list of HCL in Markdown.
func quotedList(texts []string) string {
	if len(texts) == 0 {
		return "`[]`"
	}
	return "`[\"" + strings.Join(texts, "\", \"") + "\"]`"
}
