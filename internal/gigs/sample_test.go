package gigs_test

import (
	"os"
	"path/filepath"
	"reflect"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tftypes"
	gigssandbox "github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/gigs"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/protocoltest"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

const publishedID = "pml_0SNlurA049MEWV1x2CfC8u8im5xU"

// published is the configuration that describes the vendor's published sample, less the payer, whom no answer shows.
func published(changes ...object) object {
	return tfconfig.Changed(object{"invoice": invoiceID, "ebanx": object{"redirect_url": "https://example.com"}}, changes...)
}

// TestPublishedSample imports the link that the vendor's reference page shows, by every form of id and by identity. The
// plan of a configuration that describes it is empty; the payer goes from null to a value in place, once.
func TestPublishedSample(t *testing.T) {
	t.Parallel()
	for _, sample := range []string{"published_link.json", "published_list.json"} {
		for name, imported := range map[string]func(b *bench) (protocoltest.State, protocoltest.Diagnostics){
			"id": func(b *bench) (protocoltest.State, protocoltest.Diagnostics) { return b.ImportByID(publishedID) },
			"project and id": func(b *bench) (protocoltest.State, protocoltest.Diagnostics) {
				return b.ImportByID("gigs/" + publishedID)
			},
			"identity": func(b *bench) (protocoltest.State, protocoltest.Diagnostics) {
				return b.identified(object{"id": publishedID})
			},
			"identity and project": func(b *bench) (protocoltest.State, protocoltest.Diagnostics) {
				return b.identified(object{"project": "gigs", "id": publishedID})
			},
		} {
			t.Run(sample+" by "+name, func(t *testing.T) {
				t.Parallel()
				b := newBench(t)
				if err := b.Sandbox.Seed("gigs", testdata(t, sample)); err != nil {
					t.Fatal(err)
				}
				state, diags := imported(b)
				if len(diags) > 0 {
					t.Fatal(diags)
				}
				b.RequireCalls("get")
				created := map[string]string{"published_link.json": "2024-08-14T19:38:34.0Z", "published_list.json": "2024-08-14T19:38:34Z"}[sample]
				checkPublished(t, state, created)
				for _, config := range []object{
					published(), published(object{"project": "gigs", "type": "ebanx"}), published(object{"ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": nil}),
					published(object{"ebanx.redirect_url": "https://example.com/"}), published(object{"ebanx.user_wo": payer()}),
				} {
					state = b.RequireNoDrift(state, config)
				}
			})
		}
	}
}

func (b *bench) identified(identity object) (protocoltest.State, protocoltest.Diagnostics) {
	b.Helper()
	state, diags := b.Server.ImportIdentity(typeName, identity)
	return state, b.Record(diags)
}

func testdata(t *testing.T, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// checkPublished: every attribute of the resource is what the sample says, and none is forgotten here.
func checkPublished(t *testing.T, state protocoltest.State, created string) {
	t.Helper()
	want := object{
		"id":           publishedID,
		"url":          "https://api.ebanx.com/ws/redirect/execute?hash=64f2",
		"state":        "open",
		"replace_when": list{},
		"on_destroy":   "abandon",
		"timeouts":     nil,
		"project":      "gigs",
		"invoice":      invoiceID,
		"type":         "ebanx",
		"ebanx":        object{"redirect_url": "https://example.com", "user": nil, "user_wo": nil, "user_wo_version": nil},
		"status":       "active",
		"created_at":   created, // as the vendor spells it
		"completed_at": "2024-08-14T19:40:34Z",
		"canceled_at":  "2024-08-14T19:40:34Z",
	}
	for name, value := range want {
		if got := state.Get(name); !reflect.DeepEqual(got, value) {
			t.Errorf("%s is %v, want %v", name, got, value)
		}
	}
	var held map[string]tftypes.Value
	if err := state.Raw.As(&held); err != nil {
		t.Fatal(err)
	}
	for name := range held {
		if _, ok := want[name]; !ok {
			t.Errorf("the attribute %s is not looked at", name)
		}
	}
}

// TestCreatedAttributes: after a create, every computed attribute is what the vendor holds, and the payer is where the
// configuration says.
func TestCreatedAttributes(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state := b.Create(shape())
			held := gigssandbox.From(b.Sandbox).Links()[0]
			want := object{
				"id": held.ID, "url": held.PaymentURL, "state": "open", "status": "active", "project": "gigs", "type": "ebanx",
				"created_at": held.CreatedAt.Format(time.RFC3339), "completed_at": nil, "canceled_at": nil,
				"ebanx.user": tfconfig.Lookup(shape(), "ebanx.user"), "ebanx.user_wo": nil,
			}
			for path, value := range want {
				if got := state.Get(path); !reflect.DeepEqual(got, value) {
					t.Errorf("%s is %v, want %v", path, got, value)
				}
			}
			id, err := state.Identity.IdentityData.Unmarshal(identityType)
			if err != nil {
				t.Fatal(err)
			}
			if want := identityOf("gigs", held.ID); !id.Equal(want) {
				t.Errorf("identity %s, want %s", id, want)
			}
		})
	}
}

// TestWriteOnlyPayer is in no state, no plan and no private state.
func TestWriteOnlyPayer(t *testing.T) {
	t.Parallel()
	b := newBench(t)
	plan := b.Plan(protocoltest.State{}, writeOnly())
	if got := plan.Planned("ebanx.user_wo"); got != nil {
		t.Errorf("planned: %v", got)
	}
	state, diags := b.Apply(plan)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	said := protocoltest.Diagnostics{{Detail: state.Raw.String() + string(state.Private)}}
	if secret := b.FindSecret(said); secret != "" {
		t.Errorf("the state holds %q", secret)
	}
	if got := gigssandbox.From(b.Sandbox).Links()[0].User.FullName; got != payerName {
		t.Errorf("the vendor has %q", got)
	}
	b.RequireNoDrift(state, writeOnly())
	// Another payer alone cannot be seen; so be it until the version changes. The payer may also go once the link is made.
	b.RequireNoDrift(state, writeOnly(object{"ebanx.user_wo.full_name": "Somebody Else"}))
	b.RequireNoDrift(state, writeOnly(object{"ebanx.user_wo": nil}))
	b.replaced(state, writeOnly(object{"ebanx.user_wo_version": 2}), "ebanx")
}

// TestPayerAfterImport: the payer, or the version of a write-only one, goes from null to a value without a request, once;
// from then on it is what the link has.
func TestPayerAfterImport(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBench(t)
			state, diags := b.ImportByID(b.Create(shape()).Text("id"))
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireNoDrift(state, shape(object{"ebanx.user": nil, "ebanx.user_wo": nil, "ebanx.user_wo_version": nil}))
			b.ResetCalls()
			plan := b.Plan(state, shape())
			if plan.Action != protocoltest.Update || len(plan.Diagnostics) > 0 {
				t.Fatalf("%s because of %v %s", plan.Action, plan.Because, plan.Diagnostics)
			}
			if state, diags = b.Apply(plan); len(diags) > 0 {
				t.Fatal(diags)
			}
			b.RequireCalls()
			state = b.RequireNoDrift(state, shape())
			if name == "write-only" {
				b.replaced(state, shape(object{"ebanx.user_wo_version": 2}), "ebanx")
			} else {
				b.replaced(state, shape(object{"ebanx.user.email": "other@example.com"}), "ebanx")
			}
		})
	}
}

// TestGeneratedConfiguration: what Terraform writes for an import block plans empty, with null for the payer.
func TestGeneratedConfiguration(t *testing.T) {
	t.Parallel()
	for name, shape := range shapes {
		b := newBench(t)
		state, diags := b.ImportByID(b.Create(shape()).Text("id"))
		if len(diags) > 0 {
			t.Fatal(name, diags)
		}
		config := object{}
		for _, attribute := range b.Server.Schema().ResourceSchemas[typeName].Block.Attributes {
			if (attribute.Required || attribute.Optional) && !attribute.Sensitive {
				config[attribute.Name] = state.Get(attribute.Name)
			}
		}
		b.RequireNoDrift(state, config)
	}
}

var identityType = tftypes.Object{AttributeTypes: map[string]tftypes.Type{"id": tftypes.String, "project": tftypes.String}}

func identityOf(project, id string) tftypes.Value {
	return tftypes.NewValue(identityType, map[string]tftypes.Value{
		"id": tftypes.NewValue(tftypes.String, id), "project": tftypes.NewValue(tftypes.String, project),
	})
}
