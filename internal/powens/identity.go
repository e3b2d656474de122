package powens

import (
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/money"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// individual is the kind of an Identity that names none (contract 4.2).
const individual = "individual"

const schemeNameDescription = "Scheme of `identification`. For an individual `national_id_number`, `passport_number` or `alien_reg_number`; " +
	"for a `corporate` `siren`, `incorporation_number` or `euid`; for a `non_profit` these three or `rna`; for a `government` `incorporation_number`."

// identityField is one text of an Identity (contract 4.2). Besides texts there are `id_user`, `kind` and `pep`.
type identityField struct {
	name        string
	value       func(*Identity) *string
	sensitive   bool
	maxLength   int // characters; 0 for no documented limit
	description string
}

// identityFields is a function, as kinds is: the schema is made of it while the package's variables are still being set.
func identityFields() []identityField {
	return []identityField{
		{"external_ref", func(i *Identity) *string { return &i.ExternalRef }, false, 255, "Your own reference."},
		{"first_name", func(i *Identity) *string { return &i.FirstName }, true, 255, "First name. Required for an individual in a new link."},
		{"last_name", func(i *Identity) *string { return &i.LastName }, true, 255, "Last name. Required for an individual in a new link."},
		{"birth_city", func(i *Identity) *string { return &i.BirthCity }, true, 0, "City of birth, recommended for an individual."},
		{"birth_country", func(i *Identity) *string { return &i.BirthCountry }, true, 0, "Country of birth, two letters as in ISO 3166-1, recommended for an individual."},
		{"birth_date", func(i *Identity) *string { return &i.BirthDate }, true, 0, "Date of birth as `YYYY-MM-DD`, recommended for an individual."},
		{"nationality", func(i *Identity) *string { return &i.Nationality }, true, 0, "Nationality, free text."},
		{"postal_address", func(i *Identity) *string { return &i.PostalAddress }, true, 512, "Postal address. It may have several lines."},
		{"email", func(i *Identity) *string { return &i.Email }, true, 255, "Email address."},
		{
			"scheme_name", func(i *Identity) *string { return &i.SchemeName }, true, 0,
			schemeNameDescription + " In a new link, required with `identification`, and for all kinds except individuals.",
		},
		{"identification", func(i *Identity) *string { return &i.Identification }, true, 255, "Number in the scheme of `scheme_name`. In a new link, required for all kinds except individuals."},
		{"issuer", func(i *Identity) *string { return &i.Issuer }, true, 255, "Issuer of the `identification`."},
		{"ultimate_owner_text", func(i *Identity) *string { return &i.UltimateOwnerText }, true, 0, "Ultimate owner of the organisation."},
		{"ultimate_owner_extra_text", func(i *Identity) *string { return &i.UltimateOwnerExtra }, true, 0, "More information about the ultimate owner."},
		{"org_name", func(i *Identity) *string { return &i.OrgName }, false, 255, "Name of the organisation, recommended for all kinds except individuals."},
		{"org_legal_status", func(i *Identity) *string { return &i.OrgLegalStatus }, false, 128, "Legal form of the organisation."},
		{"org_hq_address", func(i *Identity) *string { return &i.OrgHQAddress }, true, 512, "Address of the organisation's head office."},
		{"org_business_address", func(i *Identity) *string { return &i.OrgBusinessAddress }, true, 512, "Business address of the organisation."},
	}
}

// kinds returns the kinds of an Identity, and the schemes that suit each (contract 4.3).
func kinds() map[string][]string {
	return map[string][]string{
		individual:   {"national_id_number", "passport_number", "alien_reg_number"},
		"corporate":  {"siren", "incorporation_number", "euid"},
		"non_profit": {"siren", "incorporation_number", "euid", "rna"},
		"government": {"incorporation_number"},
	}
}

// namedIdentity is an Identity and the attribute that holds it.
type namedIdentity struct {
	name     string
	identity types.Object
}

func (m *model) identities() []namedIdentity {
	return []namedIdentity{
		{"beneficiary_identity", m.BeneficiaryIdentity}, {"payer_identity", m.PayerIdentity}, {"operator_identity", m.OperatorIdentity},
	}
}

// hiddenAttributes returns what an answer may leave out although the link has it (contract 4.6, 8.18).
func hiddenAttributes() []string {
	out := []string{"payer.identification", "payer.label"}
	for _, holder := range new(model).identities() {
		out = append(out, holder.name+".pep")
		for _, f := range identityFields() {
			if f.sensitive {
				out = append(out, holder.name+"."+f.name)
			}
		}
	}
	return out
}

// kindOrDefault returns the kind of an answer. One without a kind is an individual's (contract 4.2), unless what else it says is not:
// then the kind is left out.
func (i Identity) kindOrDefault() types.String {
	if i.Kind == "" && i.OrgName == "" && (i.SchemeName == "" || slices.Contains(kinds()[individual], i.SchemeName)) {
		return types.StringValue(individual)
	}
	return tfvalue.StringOrNull(i.Kind)
}

// identityObject maps an answer; null where it says nothing.
func identityObject(i *Identity) types.Object {
	if i == nil || *i == (Identity{}) {
		return types.ObjectNull(identityTypes())
	}
	values := map[string]attr.Value{
		"id_user": money.NumberFromJSON(i.IDUser),
		"kind":    i.kindOrDefault(),
		"pep":     types.BoolPointerValue(i.PEP),
	}
	for _, f := range identityFields() {
		values[f.name] = tfvalue.StringOrNull(*f.value(i))
	}
	return types.ObjectValueMust(identityTypes(), values)
}

// requestIdentity returns an identity of a request; nil when it is not configured.
func requestIdentity(object types.Object) *Identity {
	identity := tfvalue.Read(object)
	if !identity.IsKnown() {
		return nil
	}
	out := Identity{IDUser: tfvalue.JSONNumber(identity.Number("id_user")), Kind: identity.Text("kind")}
	if pep := identity.Bool("pep"); !pep.IsUnknown() {
		out.PEP = pep.ValueBoolPointer()
	}
	for _, f := range identityFields() {
		*f.value(&out) = identity.Text(f.name)
	}
	return &out
}
