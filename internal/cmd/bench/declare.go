package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// Up to oneBlock instances are those of one resource block, as people declare them; beyond that a block has perBlock,
// because Terraform's own time grows with the square of a block.
const (
	oneBlock = 1000
	perBlock = 250
)

// blockSizes are the sizes of the resource blocks that make n instances.
func blockSizes(n int) (out []int) {
	if n <= oneBlock {
		return []int{n}
	}
	for ; n > perBlock; n -= perBlock {
		out = append(out, perBlock)
	}
	return append(out, n)
}

// configuration declares n links of a vendor.
func configuration(d descriptor.Descriptor, settings tfconfig.Object, n int) string {
	return "terraform {\n  required_providers {\n    paymentlinks = { source = \"paymentlinks/paymentlinks\" }\n  }\n}\n\nprovider \"paymentlinks\" {\n" +
		tfconfig.HCL(tfconfig.Object{d.Name: settings}) + "}\n" +
		blocks(d.ResourceType(), d.Labeled("Link ${count.index}", "order-${count.index}"), n)
}

// plainConfiguration declares n resources that are no vendor's, about as large as a link.
func plainConfiguration(n int) string {
	return blocks("terraform_data", tfconfig.Object{"input": tfconfig.Object{
		"title": "Seat ${count.index}", "reusable": true, "methods": tfconfig.List{"credit_card", "paypal"},
		"unit_price": tfconfig.Object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
	}}, n)
}

func blocks(resource string, config tfconfig.Object, n int) string {
	var text strings.Builder
	for i, size := range blockSizes(n) {
		body := strings.ReplaceAll(tfconfig.HCL(config), "${count.index}", fmt.Sprintf("${count.index + %d}", i*perBlock))
		fmt.Fprintf(&text, "\nresource %q \"it_%d\" {\ncount = %d\n%s}\n", resource, i, size, body)
	}
	return text.String()
}

// replicateState makes n instances out of the one that a state file holds: to apply ten thousand takes Terraform most of an hour,
// and is not what is measured. What differs of each link is for a refresh to find out, but for the id.
func replicateState(file string, ids []string) error {
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
	for i, size := range blockSizes(len(ids)) {
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
