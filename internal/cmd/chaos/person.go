package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// importBlock is how an error tells people to take a link over. NAME is for them to fill in.
var importBlock = regexp.MustCompile(`import \{\s+to = (paymentlinks_\w+_link)\.NAME\s+id = "([^"]+)"\s+\}`)

// toFind stands in the block for a link that the error could not name.
const toFind = "ID"

// advice is what a run's errors ask people to do, by address: an id to import, or toFind.
func advice(report workspace.Report) map[string][]string {
	out := map[string][]string{}
	for _, d := range report.Errors() {
		for _, found := range importBlock.FindAllStringSubmatch(d.Detail, -1) {
			if strings.HasPrefix(d.Address, found[1]+".") {
				out[d.Address] = append(out[d.Address], found[2])
			}
		}
	}
	return out
}

// importFile is the configuration that takes links over; empty when there is nothing to take.
func importFile(imports map[string]string) string {
	var out strings.Builder
	for address, id := range imports {
		fmt.Fprintf(&out, "import {\n  to = %s\n  id = %q\n}\n", address, id)
	}
	return out.String()
}

// linkID is the link's own part of an import id.
func linkID(importID string) string { return importID[strings.LastIndex(importID, "/")+1:] }

// follow does what a careful person does after a run: takes over the links that its errors name, looks at the vendor
// where an error says that a link may exist, and, after a kill, for every declared link that is missing. What is not
// there is made by the next apply.
func (c *chaos) follow(ctx context.Context, report workspace.Report, killed bool) error {
	c.box.Unleash(sandbox.Chaos{After: c.witness}) // a person tries again until it works
	told := advice(report)
	for _, d := range c.links {
		ids, asked := told[d.address()]
		if c.stateHas(d.address()) {
			delete(c.imports, d.address())
			continue
		}
		if !asked && killed && !leftToRefusal(d) {
			ids = []string{toFind}
		}
		if err := c.take(ctx, d, ids); err != nil {
			return err
		}
	}
	return nil
}

// leftToRefusal: where no two links may share an argument, every other link is not looked up after a kill. Its next create is
// refused (409), and the error names the link that has it.
func leftToRefusal(d declared) bool { return d.vendor.Unique != "" && d.number%2 == 0 }

// take has the next apply take over a link that lives and is in no state. One that has ended since is nobody's any more.
func (c *chaos) take(ctx context.Context, d declared, ids []string) error {
	before := c.imports[d.address()]
	if len(ids) == 0 && c.living()[linkID(before)] != "" {
		return nil // still to be done
	}
	delete(c.imports, d.address())
	for _, id := range ids {
		count, candidates := &c.tally.adopted, []string{id}
		if id == toFind {
			var err error
			if candidates, err = c.find(ctx, d); err != nil {
				return err
			}
			count = &c.tally.found
		}
		for _, candidate := range candidates {
			if link := linkID(candidate); c.living()[link] == "" || c.ledger.inState[link] != "" {
				continue
			}
			if candidate != before {
				*count++
			}
			c.imports[d.address()] = candidate
			return nil
		}
	}
	return nil
}
