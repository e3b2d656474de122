package conomy_test

import (
	"testing"

	conomysandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/conomy"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
)

// TestBadInput: what is certainly wrong is an error on its attribute, before any request, and touches nothing.
func TestBadInput(t *testing.T) {
	t.Parallel()
	const (
		preTax, total = "items.0.pre_tax_amount", "items.0.total_amount"
		tax, part     = "items.0.tax", "destinations.0.amount"
	)
	tests := map[string]struct {
		config object
		at     string
		word   string
	}{
		"decimals in CLP":             {small(object{preTax: "49990.5", total: "49990"}), preTax, "decimals"},
		"decimals in JPY":             {small(object{"currency": "JPY", part: "1.5"}), part, "decimals"},
		"three decimals in USD":       {full(object{"items.1.tax.amount": "1.001"}), "items.1.tax.amount", "decimals"},
		"negative amount":             {small(object{preTax: "-1", total: "49990"}), preTax, "negative"},
		"negative total":              {small(object{total: "-49990"}), total, "negative"},
		"negative tax":                {full(object{"items.0.tax.amount": "-19.00"}), "items.0.tax.amount", "negative"},
		"negative tax value":          {full(object{"items.0.tax.value": "-19"}), "items.0.tax.value", "negative"},
		"negative part":               {small(object{part: "-1"}), part, "negative"},
		"amount in words":             {small(object{preTax: "many"}), preTax, "decimal number"},
		"amount with an exponent":     {small(object{part: "1e3"}), part, "exponent"},
		"amount with a comma":         {small(object{part: "49.990,00"}), part, "comma"},
		"tax value with percent sign": {full(object{"items.0.tax.value": "19%"}), "items.0.tax.value", "decimal number"},
		"empty amount":                {small(object{part: ""}), part, "empty"},
		"disagreeing sum":             {full(object{"items.0.total_amount": "119.01"}), "items.0.total_amount", "119"},
		"disagreeing sum, 2nd item":   {full(object{"items.1.tax.amount": "1.01"}), "items.1.total_amount", "10.51"},
		"disagreeing without tax":     {small(object{total: "49991"}), total, "no tax"},
		"nothing to pay":              {small(object{preTax: "0", total: "0"}), "items", "above zero"},
		"currency QQQ":                {small(object{"currency": "QQQ"}), "currency", "ISO 4217"},
		"currency in lower case":      {small(object{"currency": "clp"}), "currency", "ISO 4217"},
		"empty currency":              {small(object{"currency": ""}), "currency", "ISO 4217"},
		"duration 29":                 {small(object{"duration": 29}), "duration", "at least 30"},
		"duration -1":                 {small(object{"duration": -1}), "duration", "at least 30"},
		"duration 30.5":               {small(object{"duration": 30.5}), "duration", "30.5"},
		"no items":                    {small(object{"items": list{}}), "items", "at least 1"},
		"no destinations":             {small(object{"destinations": list{}}), "destinations", "at least 1"},
		"no methods":                  {small(object{"payment_methods_allowed": list{}}), "payment_methods_allowed", "at least 1"},
		"method in lower case":        {small(object{"payment_methods_allowed": list{"card"}}), "payment_methods_allowed.*", "upper case"},
		"empty method":                {small(object{"payment_methods_allowed": list{""}}), "payment_methods_allowed.*", "upper case"},
		"wrong requirement":           {small(object{"customer_requirements": list{"first_name"}}), "customer_requirements.*", "firstName"},
		"wrong tax type":              {full(object{"items.0.tax.type": "PERCENT"}), "items.0.tax.type", "PERCENTAGE"},
		"wrong destination type":      {full(object{"destinations.0.type": "CARD"}), "destinations.0.type", "ACCOUNT"},
		"wrong account type":          {full(object{"destinations.0.account.type": "GIRO"}), "destinations.0.account.type", "CHECKING"},
		"half a tax":                  {small(object{tax: object{"name": "IVA", "type": "FIXED", "value": "0"}}), tax + ".amount", "amount"},
		"half of metadata":            {small(object{"destinations.0.metadata": object{"image": "x", "description": "y"}}), "destinations.0.metadata.category", "category"},
		"no account number":           {small(object{"destinations.0.account": object{"type": "FEE"}}), "destinations.0.account.account_number", "account_number"},
		"empty account number":        {small(object{"destinations.0.account.account_number": ""}), "destinations.0.account.account_number", "at least 1"},
		"no owner":                    {small(object{"owner": object{"name": "Ana"}}), "owner.identity_id", "identity_id"},
		"empty token":                 {small(object{"checkout_token": ""}), "checkout_token", "at least 1"},
		"unknown on_destroy":          {small(object{"on_destroy": "fail"}), "on_destroy", "revoke"},
		"unknown replace_when":        {small(object{"replace_when": list{"open"}}), "replace_when.*", "revoked"},
		"status written":              {small(object{"status": "ACTIVE"}), "status", "read-only"},
		"expires_at written":          {small(object{"expires_at": "2030-01-01T00:00:00Z"}), "expires_at", "read-only"},
	}
	b := newBench(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			diags := b.Record(b.Server.Validate(typeName, test.config))
			if n := len(diags.Errors()); n != 1 {
				t.Errorf("%d errors, want one: %s", n, diags)
			}
			b.Subtest(t).RequireErrors(diags, test.at, test.word)
		})
	}
	if n := len(b.Sandbox.Requests()); n > 0 {
		t.Errorf("%d requests", n)
	}
}

// TestBadInputOverALink: the same errors where a link exists leave it and the state as they are.
func TestBadInputOverALink(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	state := b.Create(small())
	before := state.Raw.Copy()
	b.ResetCalls()
	after, _, diags := b.ApplyConfig(state, small(object{"duration": 29}))
	b.RequireErrors(diags, "duration", "30")
	if !after.Raw.Equal(before) {
		t.Errorf("the state has changed to %s", after.Raw)
	}
	b.RequireCalls()
	b.RequireNoDrift(after, small())
}

// TestWarnings: what is most likely a slip, but not certainly.
func TestWarnings(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for name, test := range map[string]struct {
		change object
		at     string
		word   string
	}{
		"undocumented method": {object{"payment_methods_allowed": list{"CARD", "VITAWALLET"}}, "payment_methods_allowed", "VITAWALLET"},
		"relative address":    {object{"success_url": "/thanks"}, "success_url", "/thanks"},
		"other scheme":        {object{"failed_url": "shopapp://sorry"}, "failed_url", "shopapp"},
		"no scheme":           {object{"failed_url": "shop.example/sorry"}, "failed_url", "shop.example"},
	} {
		diags := b.Record(b.Server.Validate(typeName, small(test.change)))
		if diags.HasError() || len(diags) != 1 || len(diags.ForAttribute(test.at)) != 1 {
			t.Errorf("%s: %s", name, diags)
		}
		b.RequireText(diags, test.word)
	}
	b.RequireCalls()
	conomysandbox.From(b.Sandbox).Set(func(s *switches) { s.AnyMethod = true })
	config := small(object{"payment_methods_allowed": list{"VITAWALLET"}})
	state, _, diags := b.ApplyConfig(protocoltest.State{}, config)
	if diags.HasError() {
		t.Fatal(diags)
	}
	if plan := b.Plan(state, config); plan.Action != protocoltest.Nothing {
		t.Errorf("%s because of %v", plan.Action, plan.Because)
	}
}

// TestGoodInput at the edges of what is refused.
func TestGoodInput(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	crypto := object{
		"currency": "USDC", "items.0.pre_tax_amount": "0.000001", "items.0.total_amount": "0.000001", "destinations.0.amount": "0.000001",
	}
	for name, config := range map[string]object{
		"crypto":                  small(crypto),
		"zeros after whole CLP":   small(object{"items.0.pre_tax_amount": "49990.00"}),
		"duration 30":             small(object{"duration": 30}),
		"ten years":               small(object{"duration": 315360000}),
		"a free item of two":      full(object{"items.1": object{"pre_tax_amount": "0", "total_amount": "0", "description": "Gift"}}),
		"a method added later":    small(object{"payment_methods_allowed": list{"PAGO_MOVIL"}}),
		"an undocumented ID":      full(object{"customer.document_type": "CC"}),
		"destinations of another": small(object{"destinations.0.amount": "1"}), // the server's to refuse
		"addresses":               small(object{"success_url": "http://localhost:8080/", "failed_url": "https://x.example/?a=b#c"}),
	} {
		if diags := b.Record(b.Server.Validate(typeName, config)); len(diags) > 0 {
			t.Errorf("%s: %s", name, diags)
		}
		if plan := b.Plan(protocoltest.State{}, config); len(plan.Diagnostics) > 0 {
			t.Errorf("%s: %s", name, plan.Diagnostics)
		}
	}
	b.RequireCalls()
	state := b.Create(small(crypto))
	b.RequireNoDrift(state, small(crypto))
}

// TestImportIDs that cannot be a link's never reach an address.
func TestImportIDs(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	for _, id := range []string{"a/b", "/", "..", ".", "x/..", "x/activate", "token/x/checkout-sessions", " x", "x\n", `a\b`} {
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "id", "does not name a link")
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls()
	for _, id := range []string{"65f0c0ffee65f0c0ffee65f0", "x?status=ACTIVE", "x#y", "x%2f.."} { // one segment each, and nobody's
		state, diags := b.ImportByID(id)
		b.RequireErrors(diags, "", "404", id)
		if state.Exists() {
			t.Errorf("%q: a state came of it", id)
		}
	}
	b.RequireCalls("get", "get", "get", "get")
}
