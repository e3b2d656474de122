package main

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/fault"
	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/testkit/workspace"
)

// importBlock is how an error tells people to import a link. NAME is for them to fill in.
var importBlock = regexp.MustCompile(`import \{\s+to = (paymentlinks_\w+_link)\.NAME\s+id = "([^"]+)"\s+\}`)

// importPlaceholder stands in the block for a link that the error could not name.
const importPlaceholder = "ID"

// importAdvice is what a run's errors (or a plan's warnings) ask people to do, by address: an id to import, or toFind.
func importAdvice(diagnostics []workspace.Diagnostic) map[string][]string {
	out := map[string][]string{}
	for _, d := range diagnostics {
		for _, found := range importBlock.FindAllStringSubmatch(d.Detail, -1) {
			if strings.HasPrefix(d.Address, found[1]+".") {
				out[d.Address] = append(out[d.Address], found[2])
			}
		}
	}
	return out
}

// importFile is the configuration that imports links; empty when there is none.
func importFile(imports map[string]string) string {
	var out strings.Builder
	for address, id := range imports {
		fmt.Fprintf(&out, "import {\n  to = %s\n  id = %q\n}\n", address, id)
	}
	return out.String()
}

// linkID is the link's own part of an import id.
func linkID(importID string) string { return importID[strings.LastIndex(importID, "/")+1:] }

// followAdvice does what a careful person does after a run: imports the links that its errors name, and looks at the vendor where an
// error says that a link may exist. What is not there is made by the next apply, and what a kill cut off is taken over by it.
func (c *chaos) followAdvice(ctx context.Context, report workspace.Report) error {
	c.box.StartChaos(fault.Chaos{After: c.observe}) // a person tries again until it works
	told := importAdvice(report.Errors())
	for _, d := range c.links {
		ids := told[d.address()]
		if c.isInState(d.address()) {
			delete(c.imports, d.address())
			continue
		}
		if err := c.importLink(ctx, d, ids); err != nil {
			return err
		}
	}
	return nil
}

// planFirst does what a careful person does before the first apply after a kill: a plan, whose warnings name what the run lost at its very
// end.
func (c *chaos) planFirst(ctx context.Context) error {
	c.box.StartChaos(fault.Chaos{After: c.observe})
	if err := c.engine.Write("imports.tf", importFile(c.imports)); err != nil {
		return err
	}
	report, err := c.engine.Report(ctx, "plan")
	if err != nil {
		return err
	}
	told := importAdvice(report.Diagnostics)
	for _, d := range c.links {
		if ids := told[d.address()]; len(ids) > 0 && !c.isInState(d.address()) {
			if err := c.importLink(ctx, d, ids); err != nil {
				return err
			}
		}
	}
	return nil
}

// importLink has the next apply import a link that lives and is in no state. One that has ended since is nobody's any more.
func (c *chaos) importLink(ctx context.Context, d linkDeclaration, ids []string) error {
	before := c.imports[d.address()]
	if len(ids) == 0 && c.findLiveLinks()[linkID(before)] != "" {
		return nil // still to be done
	}
	delete(c.imports, d.address())
	for _, id := range ids {
		count, candidates := &c.stats.imported, []string{id}
		if id == importPlaceholder {
			var err error
			if candidates, err = c.search(ctx, d); err != nil {
				return err
			}
			count = &c.stats.found
		}
		for _, candidate := range candidates {
			if link := linkID(candidate); c.findLiveLinks()[link] == "" || c.invariants.inState[link] != "" {
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
