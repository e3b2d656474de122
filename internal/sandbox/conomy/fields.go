package conomy

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/strictjson"

// kind is the JSON type of a field.
type kind string

const (
	text    kind = "string"
	integer kind = "integer"
	objects kind = "array of objects"
	texts   kind = "array of strings"
	object  kind = "object"
)

// jsonKinds are the kinds as JSON.
var jsonKinds = map[kind]strictjson.Kind{
	text: strictjson.KindString, integer: strictjson.KindNumber, objects: strictjson.KindArray, texts: strictjson.KindArray, object: strictjson.KindObject,
}

// values are the fields of a JSON object: string, json.Number, []string, []values or values each.
type values = map[string]any

// field is one field of a link (contract 2.2). The wire is described once: the same table reads a request and shows a link.
type field struct {
	name     string
	kind     kind
	required bool
	nullable bool     // null is taken for absent (contract 8.15)
	amount   bool     // decimal text
	enum     []string // nil: anything
	least    int      // elements
	closed   bool     // other fields are refused (contract 8.16)
	of       []field  // of an object, or of each element
}

var taxTypes = []string{"FIXED", "PERCENTAGE"}

var requirements = []string{"firstName", "email", "lastName", "phoneNumber", "phoneNumberPrefix", "address", "documentNumber", "documentType"}

var accountTypes = []string{"CHECKING", "ASSET", "SAVINGS", "ESCROW", "FEE"}

// methods are the 27 of the OpenAPI and PAGO_MOVIL (contract 8.17).
var methods = []string{
	"CARD", "CRYPTO", "ACCOUNT", "BANK_ACCOUNT", "PIX", "PCT", "CVU", "ETPAY", "FINTOC", "WEBPAY", "SPEI", "PSE", "BANCOLOMBIA",
	"DAVIVIENDA", "DAVIPLATA", "NEQUI", "BREB", "WOMPI", "LIGO", "SIP", "ACH", "WIRE", "FEDNOW", "RTP", "SEPA", "FPE", "SWIFT", "PAGO_MOVIL",
}

func optional(names ...string) []field {
	var out []field
	for _, name := range names {
		out = append(out, field{name: name, kind: text})
	}
	return out
}

var addressFields = optional("administrativeAreaLevel1", "administrativeAreaLevel2", "administrativeAreaLevel3", "street", "streetNumber",
	"optionalAddress", "country", "zipcode")

var customerFields = append(optional("id", "firstName", "email", "lastName", "phoneNumber", "phoneNumberPrefix", "documentType", "documentNumber"),
	field{name: "address", kind: object, of: addressFields})

var itemFields = []field{
	{name: "preTaxAmount", kind: text, required: true, amount: true},
	{name: "totalAmount", kind: text, required: true, amount: true},
	{name: "description", kind: text, required: true},
	{name: "tax", kind: object, nullable: true, of: []field{
		{name: "name", kind: text, required: true},
		{name: "type", kind: text, required: true, enum: taxTypes},
		{name: "value", kind: text, required: true},
		{name: "amount", kind: text, required: true, amount: true},
	}},
}

var metadataFields = []field{
	{name: "image", kind: text, required: true},
	{name: "description", kind: text, required: true},
	{name: "category", kind: text, required: true},
}

// accountFields wants all four, as the OpenAPI does; Switches.LaxAccount wants what the vendor's own recipe sends (contract 7.7).
func accountFields(lax bool) []field {
	return []field{
		{name: "type", kind: text, required: !lax, enum: accountTypes},
		{name: "currency", kind: text, required: !lax},
		{name: "accountNumber", kind: text, required: true},
		{name: "accountHolder", kind: text, required: !lax},
	}
}

func destinationFields(sw Switches) []field {
	return []field{
		{name: "name", kind: text},
		{name: "type", kind: text, required: true, enum: []string{"ACCOUNT"}},
		{name: "externalId", kind: text},
		{name: "amount", kind: text, required: true, amount: true},
		{name: "currency", kind: text},
		{name: "identity", kind: object, of: []field{{name: "identityId", kind: text, required: true}}},
		{name: "metadata", kind: object, of: metadataFields},
		{name: "account", kind: object, required: true, of: accountFields(sw.LaxAccount)},
	}
}

var ownerFields = append([]field{{name: "identityId", kind: text, required: true}},
	optional("name", "lastname", "nickname", "documentNumber", "entityType")...)

// linkFields are those of a create.
func linkFields(sw Switches) []field {
	allowed := methods
	if sw.AnyMethod {
		allowed = nil
	}
	return []field{
		{name: "checkoutToken", kind: text, required: true},
		{name: "items", kind: objects, required: true, of: itemFields},
		{name: "currency", kind: text, required: true},
		{name: "paymentMethodsAllowed", kind: texts, required: true, least: 1, enum: allowed},
		{name: "customer", kind: object, nullable: true, of: customerFields},
		{name: "destinations", kind: objects, required: true, least: 1, of: destinationFields(sw)},
		{name: "duration", kind: integer, required: true},
		{name: "customerRequirements", kind: texts, enum: requirements},
		{name: "owner", kind: object, required: true, closed: true, of: ownerFields},
		{name: "successUrl", kind: text},
		{name: "failedUrl", kind: text},
	}
}
