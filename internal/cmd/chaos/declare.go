package main

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/conformance/descriptor"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/tfconfig"
)

// linkDeclaration is one link of the configuration. Its label is unique at the vendor.
type linkDeclaration struct {
	vendor  descriptor.Descriptor
	number  int
	version int  // another version is another link
	relaxed bool // its policies were changed
}

func (d linkDeclaration) address() string {
	return fmt.Sprintf("%s.l%02d", d.vendor.ResourceType(), d.number)
}

func (d linkDeclaration) label() string {
	return fmt.Sprintf("chaos-%s-%02d-v%d", d.vendor.Name, d.number, d.version)
}

// token is for the argument that no two links may share: it stays the same over all versions.
func (d linkDeclaration) token() string { return fmt.Sprintf("token-%02d", d.number) }

var labelPattern = regexp.MustCompile(`chaos-[a-z]+-\d+-v\d+`)

// searchable are the vendors at which people can look links up. What a kill cut off at another one stays unknown to everybody.
func searchable() []descriptor.Descriptor {
	return slices.DeleteFunc(descriptor.InOrder(), func(d descriptor.Descriptor) bool { return d.Search == nil })
}

// declare deals out so many links in turn to the vendors that are searchable.
func declare(count int) []linkDeclaration {
	vendors, links := searchable(), make([]linkDeclaration, count)
	for i := range links {
		links[i] = linkDeclaration{vendor: vendors[i%len(vendors)], number: i/len(vendors) + 1, version: 1}
	}
	return links
}

// changed makes another link of every third, and changes another third's policies.
func changed(links []linkDeclaration) []linkDeclaration {
	out := make([]linkDeclaration, len(links))
	for i, d := range links {
		switch (d.number - 1) % 3 {
		case 0:
			d.version++
		case 1:
			d.relaxed = true
		}
		out[i] = d
	}
	return out
}

// configuration is the whole of it.
func configuration(links []linkDeclaration) string {
	settings := tfconfig.Object{"request_timeout": requestTimeout.String(), "retry_budget": retryBudget.String()}
	for _, d := range descriptor.All() {
		settings[d.Name] = tfconfig.Object{"account": "chaos"}
	}
	var out strings.Builder
	out.WriteString("terraform {\n  required_providers {\n    paymentlinks = { source = \"paymentlinks/paymentlinks\" }\n  }\n}\n\n" +
		"provider \"paymentlinks\" {\n" + tfconfig.HCL(settings) + "}\n")
	for _, d := range links {
		kind, name, _ := strings.Cut(d.address(), ".")
		fmt.Fprintf(&out, "\nresource %q %q {\n%s}\n", kind, name, tfconfig.HCL(d.arguments()))
	}
	return out.String()
}

func (d linkDeclaration) arguments() tfconfig.Object {
	config := tfconfig.Changed(d.vendor.Labeled(d.label(), d.token()), d.vendor.Payer)
	if d.relaxed {
		config["replace_when"] = tfconfig.List{"revoked", "expired"}
	}
	return config
}
