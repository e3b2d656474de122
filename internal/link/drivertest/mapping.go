package drivertest

import (
	"context"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

// Now is any moment: no property rests on it.
var Now = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

var states = []driver.State{driver.Open, driver.Processing, driver.Paid, driver.Expired, driver.Revoked, driver.Unknown}

// Mapping checks a vendor's mapping of an answer and returns the model: one answer gives one model and one state, the
// model fits the schema, and Terraform gets back what it was handed. Amounts that are no decimal text are refused; the
// check says then that they were, and returns false.
func Mapping[M, L any, PM driver.ModelPointer[M]](vendor driver.Vendor[M, L]) func(t *testing.T, answer L) (M, bool) {
	own := schemaOf[M, L, PM](vendor)
	var answer any = *new(L)
	if _, ok := answer.(interface{ UnreadFields() []string }); !ok {
		panic("the answer embeds no lenient.Unread: one field of another type would cost the whole link")
	}
	requireAttributesOfInfo(own, vendor.Info())
	wire := own.Type().TerraformType(context.Background())
	return func(t *testing.T, answer L) (M, bool) {
		t.Helper()
		state := vendor.State(answer, Now)
		if !slices.Contains(states, state) {
			t.Fatalf("the state is %q", state)
		}
		vendor.Created(answer)
		m, again := vendor.Model(answer), vendor.Model(answer)
		first, ok := value(own, &m, state)
		second, okAgain := value(own, &again, vendor.State(answer, Now))
		if ok != okAgain || !first.Equal(second) {
			t.Fatalf("one answer, two models:\n%s\n%s", first, second)
		}
		if !ok {
			return m, false
		}
		if !first.IsFullyKnown() {
			t.Fatalf("an answer left something unknown: %s", first)
		}
		handed, err := tfprotov6.NewDynamicValue(wire, first)
		if err != nil {
			t.Fatalf("Terraform cannot be told: %s", err)
		}
		back, err := handed.Unmarshal(wire)
		if err != nil || !back.Equal(first) {
			t.Fatalf("Terraform was told something else (%v):\n%s\n%s", err, back, first)
		}
		return m, true
	}
}

// requireAttributesOfInfo panics where Info names an attribute that the schema does not have.
func requireAttributesOfInfo(own schema.Schema, info driver.Info) {
	for _, path := range slices.Concat(info.Hidden, info.NeverReturned, []string{info.Amount, info.Currency, info.Scope}) {
		at := tftypes.NewAttributePath()
		for name := range strings.SplitSeq(path, ".") {
			at = at.WithAttributeName(name)
		}
		if _, _, err := tftypes.WalkAttributePath(own, at); path != "" && err != nil {
			panic(fmt.Sprintf("Info names %s, which is no attribute: %s", path, err))
		}
	}
}

func schemaOf[M, L any, PM driver.ModelPointer[M]](vendor driver.Vendor[M, L]) schema.Schema {
	return link.ResourceSchema(vendor, true)
}

// value is the model as state holds it. What is not the vendor's is null.
func value[M any](own schema.Schema, m *M, state driver.State) (tftypes.Value, bool) {
	ctx := context.Background()
	if base, ok := reflect.ValueOf(m).Elem().FieldByName("Model").Addr().Interface().(*driver.Model); ok {
		base.State = types.StringValue(string(state))
		base.ReplaceWhen = types.SetNull(types.StringType)
		base.OnDestroy = types.StringNull()
		if kind, ok := own.Attributes["timeouts"].GetType().(attr.TypeWithAttributeTypes); ok {
			base.Timeouts = timeouts.Value{Object: types.ObjectNull(kind.AttributeTypes())}
		}
	}
	out := tfsdk.State{Schema: own, Raw: tftypes.NewValue(own.Type().TerraformType(ctx), nil)}
	refused := out.Set(ctx, m).HasError()
	return out.Raw, !refused
}
