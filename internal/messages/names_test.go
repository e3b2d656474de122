package messages_test

import "strings"

// What is put into a message has a name there, so that the text can be read. An expression of the source that is a text of its
// own (a constant, a function of ours that returns one) needs none; any other needs a line here, or the test fails.

// aboutCredentials follows what a vendor answered that did not take the credentials.
const aboutCredentials = "where the credentials are refused: what to do about them"

// apart are functions whose texts stand once in the file, under a name, because many messages hold them.
var apart = []string{"credentialRemedy"}

// names are by the expression as it is written; where it means different things, with the file, or file and function, before it.
var names = map[string]string{
	// Of a link.
	"key.ID":                             "id",
	"internal/link/failed.go id":         "id",
	"internal/link/read.go text":         "value",
	"o.key.ID":                           "id",
	"l.ID":                               "id",
	"held.ID":                            "id",
	"id.ValueString()":                   "id",
	"l.URL":                              "url",
	"held.URL":                           "url",
	"textOf(attributes[\"id\"])":         "id",
	"textOf(attributes[\"url\"])":        "url",
	"textOf(attributes[\"created_at\"])": "created_at",
	"string(now)":                        "state",
	"string(last)":                       "state",
	"found.state":                        "state",
	"now":                                "state",
	"difference":                         "what differs",
	"before.ID.ValueString()":            "id",
	"importIDOf(req.ID, key)":            "import id",
	"count(len(seen))":                   "number of links",
	"r.describe(seen)":                   "id, url and created_at of each",
	"r.describe(others)":                 "id, url and created_at of each",
	"d.credentials(key)":                 "the credentials in use (address, account)",
	"d.credentials(Key{})":               "the credentials in use (address, account)",
	"strings.Join(replaced, \", \")":     "changed arguments",
	"credentialRemedy(err, a.about.Title, right)": aboutCredentials,
	"credentialRemedy(err, a.Title, a.ReadRight)": aboutCredentials,
	"title":                             "Vendor",
	"internal/rest/response.go title":   "title",
	"explain(err)":                      "what the vendor answered",
	"from.UTC().Format(time.RFC3339)":   "moment",
	"left.Round(time.Second)":           "time left",
	"state.ExpiresAt.ValueString()":     "expires_at",
	"state.Status.ValueString()":        "status",
	"held.Status":                       "status",
	"state.CheckoutToken.ValueString()": "checkout_token",
	"held.CheckoutToken":                "checkout_token",
	"l.RevokedAt":                       "revoked_at",
	"l.Amount.Value":                    "amount",
	"moment":                            "moment",
	"a.deed.Verb":                       "verb",
	"by.Attribute":                      "attribute",
	"by.Argument":                       "argument",
	"r.about.Scope":                     "project",
	"scope":                             "project",
	"internal/link/import.go name":      "part",
	"part":                              "text",
	"(left + 5 * time.Minute).Round(time.Minute).String()": "duration",

	// Of other messages and of failed calls.
	"problem.Summary()":               "summary of another message",
	"problem.Detail()":                "its detail",
	"d.Summary()":                     "summary of another message",
	"d.Detail()":                      "its detail",
	"strings.Join(texts, \"\\n\\n\")": "summary and detail of other messages",
	"e.text":                          "reason",
	"strings.Join(parts, \": \")":     "method, path and what was answered",
	"f.path":                          "path",
	"resolved":                        "path",
	"info.Mode().Perm()":              "mode",

	"e.Status":                  "status",
	"http.StatusText(e.Status)": "its name",
	"e.Code":                    "code",
	"e.Type":                    "type",
	"e.Message":                 "message",
	"field.String()":            "field: message (code)",
	"e.Hint":                    "hint",
	"e.Body":                    "answer",
	"humanize(e.causeBrief)":    "reason",
	"humanize(e.Cause.Error())": "reason",
	"humanize(err.Error())":     "reason",
	"e.Cause.Error()":           "reason",
	"e.causeDetail":             "lines of the other answer",
	"e.RequestID":               "request id",
	"e.RetryNote":               "note",
	"strings.Join(append(stringsAt(object, \"hint\"), stringsIn(object[\"documentation\"])...), \" \")": "the vendor's hint",
	"internal/rest/retry.go a.number":             "number",
	"wait.Round(time.Millisecond)":                "duration",
	"max(0, a.remaining).Round(time.Millisecond)": "duration",
	"timeout":                   "request_timeout",
	"size":                      "number",
	"len(digits)":               "number",
	"len(text)":                 "number",
	"len(taxes)":                "number",
	"e.Met":                     "number",
	"e.Total":                   "number",
	"internal/link/failed.go n": "number",
	"segment":                   "value",
	"base.Hostname()":           "host",
	"target.Scheme":             "scheme",
	"target.Host":               "host",
	"redact.HTMLTitle(string(start), maxTitle)": "title",
	"header.Get(\"Content-Type\")":              "content type",
	"internal/rest/response.go text":            "content type",
	"internal/rest/request.go name":             "header",

	// Of the configuration.
	"internal/link/encode.go name":                     "attribute",
	"internal/qonto/link.go expected.StringFixed(2)":   "sum",
	"internal/conomy/validate.go name":                 "value",
	"internal/powens/validate.go validateScheme name":  "kind",
	"internal/powens/link.go name":                     "attribute",
	"internal/powens/validate.go name":                 "attribute",
	"internal/qonto/validate.go name":                  "attribute",
	"internal/qonto/token_file.go name":                "key",
	"preTax.ValueString()":                             "pre_tax_amount",
	"internal/conomy/validate.go sum":                  "sum",
	"total.ValueString()":                              "total_amount",
	"exact":                                            "value",
	"exact.Shift(2)":                                   "a hundred times that",
	"sum.StringFixed(2)":                               "sum",
	"answered.StringFixed(2)":                          "gross",
	"before.StringFixed(2)":                            "gross",
	"quote(text)":                                      "\"value\"",
	"quote(currency)":                                  "\"value\"",
	"quote(i.TotalAmount)":                             "\"value\"",
	"quote(t.Type.ValueString())":                      "\"value\"",
	"shown(number)":                                    "value",
	"internal/functions/conomy_item_reckon.go text":    "value",
	"internal/functions/conomy_item_reckon.go name":    "attribute",
	"internal/money/units.go amount":                   "amount",
	"req.Path.String()":                                "attribute",
	"req.Path":                                         "attribute",
	"at.String()":                                      "attribute",
	"want.StringFixed(2)":                              "amount",
	"expected.StringFixed(2)":                          "amount",
	"v.Text(\"token_file\")":                           "path",
	"e.causeBrief":                                     "reason",
	"at":                                               "attribute",
	"req.ConfigValue.ValueString()":                    "value",
	"d.ValueString()":                                  "value",
	"amount.ValueString()":                             "amount",
	"address.ValueString()":                            "value",
	"text.ValueString()":                               "value",
	"n.Text('g', 40)":                                  "value",
	"internal/tfvalue/validators.go v.summary":         "summary of the attribute",
	"internal/tfvalue/validators.go v.rule":            "must be of the attribute",
	"strings.Join(c.Together, \"` or `\")":             "other settings",
	"names[0]":                                         "variable",
	"strings.Join(names[:last], \", \")":               "variables",
	"names[last]":                                      "last variable",
	"c.Together[first]":                                "setting",
	"n.String()":                                       "value",
	"currency":                                         "currency",
	"code":                                             "currency",
	"atMost(digits)":                                   "how many decimals",
	"s.Env":                                            "ENVIRONMENT_VARIABLE",
	"strings.Join(ways, \" or \")":                     "attributes, each with its environment variable",
	"v.object.Name":                                    "vendor",
	"o.Name":                                           "attribute",
	"s.Name":                                           "attribute",
	"strings.Join(refreshes(), \", \")":                "allowed values",
	"strings.Join(g.values, \", \")":                   "allowed values",
	"strings.Join(suiting, \", \")":                    "allowed values",
	"strings.Join(schemes(), \", \")":                  "allowed values",
	"strings.Join(knownMethods, \", \")":               "known methods",
	"internal/link/filters_check.go text":              "value",
	"lowest":                                           "lowest",
	"highest":                                          "highest",
	"kind.ValueString()":                               "kind",
	"strings.ReplaceAll(last(req.Path), \"_\", \" \")": "attribute",
}

// asked are the names that something of the source has needed.
var asked = map[string]bool{}

func named(file, function, expr string) (string, bool) {
	for _, key := range []string{file + " " + function + " " + expr, file + " " + expr, expr} {
		if name, ok := names[key]; ok {
			asked[key] = true
			return name, true
		}
	}
	for _, each := range endings {
		if strings.HasSuffix(expr, each[0]) {
			return each[1], true
		}
	}
	return "", false
}

// endings are names of what is reached in many ways.
var endings = [][2]string{
	{".about.Title", "Vendor"}, {".about.Name", "vendor"}, {".ID.ValueString()", "id"}, {".URL.ValueString()", "url"}, {".State.ValueString()", "state"},
}
