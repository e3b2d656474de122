package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/checkout"
)

// kind is one vendor's links: how they are declared, and how the sandbox stores them.
type kind struct {
	config string // of link number count.index
	// differ makes a stored link number i, and returns its id.
	differ func(link map[string]any, i int) string
}

var kinds = map[string]kind{
	"qonto": {
		config: `
  reusable                  = true
  potential_payment_methods = ["credit_card", "paypal"]
  items                     = [{ title = "Seat ${count.index}", quantity = 1, unit_price = { value = "10.99", currency = "EUR" }, vat_rate = "21.0" }]
`,
		differ: func(link map[string]any, i int) string {
			return set(link, "id", "3c90c3cc-0d44-4b50-8888-8dd25736%04x", i)
		},
	},
	"powens": {
		config: `
  amount               = "49.90"
  currency             = "EUR"
  label                = "Order ${count.index}"
  execution_date_type  = "instant"
  beneficiary          = { scheme_name = "iban", identification = "FR1420041010050500013M02606", label = "Atelier Lumiere" }
  beneficiary_identity = { kind = "corporate", org_name = "Atelier Lumiere SARL", scheme_name = "siren", identification = "749867206" }
  payer_identity       = { first_name = "Ada", last_name = "Lovelace" }
`,
		differ: func(link map[string]any, i int) string {
			return set(link, "id", "3c90c3cc-0d44-4b50-8888-8dd25736%04x", i)
		},
	},
	"conomy": {
		config: `
  checkout_token          = "order-${count.index}"
  currency                = "CLP"
  duration                = 86400
  payment_methods_allowed = ["ETPAY", "WEBPAY"]
  items                   = [{ pre_tax_amount = "49990", total_amount = "49990", description = "Monthly subscription" }]
  destinations            = [{ amount = "49990", account = { account_number = "9283746501" } }]
  owner                   = { identity_id = "65f1a7c2e4b0d81f3a9c7e21" }
`,
		differ: func(link map[string]any, i int) string {
			set(link, "checkoutToken", "order-%d", i)
			link["createdAt"] = fmt.Sprintf("2026-11-05T%02d:%02d:%02d.000Z", i/3600, i/60%60, i%60)
			return set(link, "id", "65f0c0ffee65f0c0ffee%04x", i)
		},
	},
	"gigs": {
		config: `
  invoice = "inv_${count.index}"
  ebanx   = { user = { full_name = "Elaine Benes", email = "elaine@example.com", tax_number = "290.063.072-03" } }
`,
		differ: func(link map[string]any, i int) string {
			set(link, "invoice", "inv_%d", i)
			return set(link, "id", "pml_0SNlurA049MEWV1x2CfC8u8i%04d", i)
		},
	},
}

func set(link map[string]any, name, form string, i int) string {
	text := fmt.Sprintf(form, i)
	link[name] = text
	return text
}

// Up to oneBlock instances are those of one resource block, as people declare them; beyond that a block has perBlock,
// because Terraform's own time grows with the square of a block.
const (
	oneBlock = 1000
	perBlock = 250
)

// blocks are the sizes of the resource blocks that make n instances.
func blocks(n int) (out []int) {
	if n <= oneBlock {
		return []int{n}
	}
	for ; n > perBlock; n -= perBlock {
		out = append(out, perBlock)
	}
	return append(out, n)
}

// configuration declares n links of a vendor.
func configuration(vendor, settings string, n int) string {
	text := fmt.Sprintf(`terraform {
  required_providers {
    paymentlinks = {
      source = "paymentlinks/paymentlinks"
    }
  }
}

provider "paymentlinks" {
  %s = {%s}
}
`, vendor, settings)
	return text + declared("paymentlinks_"+vendor+"_link", kinds[vendor].config, n)
}

// plain declares n resources that are nobody's, about as large as a link.
func plain(n int) string {
	return declared("terraform_data", `
  input = { title = "Seat ${count.index}", reusable = true, methods = ["credit_card", "paypal"], unit_price = { value = "10.99", currency = "EUR" }, vat_rate = "21.0" }
`, n)
}

func declared(kind, config string, n int) string {
	var text strings.Builder
	for i, size := range blocks(n) {
		own := strings.ReplaceAll(config, "${count.index}", fmt.Sprintf("${count.index + %d}", i*perBlock))
		fmt.Fprintf(&text, "\nresource %q \"it_%d\" {\n  count = %d\n%s}\n", kind, i, size, own)
	}
	return text.String()
}

// stock puts n links into the vendor's sandbox and returns their ids. The model is the sample that the demo seeds.
func (b *bench) stock(f *front, vendor string, n int) ([]string, error) {
	root, err := checkout.Root()
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(filepath.Join(root, "internal", "cmd", "demo", "testdata", vendor+".json"))
	if err != nil {
		return nil, err
	}
	links, ids := make([]map[string]any, n), make([]string, n)
	for i := range n {
		if err := json.Unmarshal(text, &links[i]); err != nil {
			return nil, err
		}
		ids[i] = kinds[vendor].differ(links[i], i)
	}
	data, err := json.Marshal(links)
	if err != nil {
		return nil, err
	}
	return ids, f.Seed(vendor, data)
}

// multiply makes n instances out of the one that a state file holds: to apply ten thousand takes Terraform most of an hour,
// and is not what is measured. What differs of each link is for a refresh to find out, but for the id.
func multiply(file string, ids []string) error {
	text, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var state map[string]any
	if err := json.Unmarshal(text, &state); err != nil {
		return err
	}
	resources, _ := state["resources"].([]any)
	if len(resources) != 1 {
		return fmt.Errorf("%s holds %d resources, want one", file, len(resources))
	}
	resource, _ := resources[0].(map[string]any)
	instances, _ := resource["instances"].([]any)
	if len(instances) == 0 {
		return fmt.Errorf("%s holds no instance", file)
	}
	model, err := json.Marshal(instances[0])
	if err != nil {
		return err
	}
	var all []any
	for i, size := range blocks(len(ids)) {
		block := maps.Clone(resource)
		block["name"] = fmt.Sprintf("it_%d", i)
		some := make([]any, size)
		for j := range some {
			var one map[string]any
			if err := json.Unmarshal(model, &one); err != nil {
				return err
			}
			one["index_key"] = j
			for _, part := range []string{"attributes", "identity"} {
				if values, ok := one[part].(map[string]any); ok {
					values["id"] = ids[i*perBlock+j]
				}
			}
			some[j] = one
		}
		block["instances"] = some
		all = append(all, block)
	}
	state["resources"] = all
	out, err := json.Marshal(state)
	if err != nil {
		return err
	}
	return os.WriteFile(file, out, 0o600)
}
