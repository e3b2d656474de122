package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// table prints rows, the first of which is the heading, in columns with a blank line around; no rows print nothing.
func table(out io.Writer, rows [][]string) error {
	if len(rows) == 0 {
		return nil
	}
	columns := tabwriter.NewWriter(out, 0, 0, 3, ' ', 0)
	_, _ = fmt.Fprintln(out)
	for _, row := range rows {
		// The writer keeps the first error for Flush.
		_, _ = fmt.Fprintln(columns, "     "+strings.Join(row, "\t"))
	}
	if err := columns.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintln(out)
	return err
}

// count is a number with its noun: "1 link", "2 links".
func count(links int) string {
	if links == 1 {
		return "1 link"
	}
	return fmt.Sprintf("%d links", links)
}

func payableLinks(links []vendorapi.Link) []vendorapi.Link {
	return slices.DeleteFunc(slices.Clone(links), func(l vendorapi.Link) bool { return !l.Payable })
}

// ids lists the links' ids in order.
func ids(links []vendorapi.Link) []string {
	return sorted(links, func(l vendorapi.Link) string { return l.ID })
}

func stateIDs(links []stateLink) []string {
	return sorted(links, func(l stateLink) string { return l.ID })
}

func sorted[L any](links []L, id func(L) string) []string {
	out := make([]string, 0, len(links))
	for _, each := range links {
		out = append(out, id(each))
	}
	slices.Sort(out)
	return out
}
