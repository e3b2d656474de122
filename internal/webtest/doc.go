// Package webtest tests what people see: the payment pages in a browser, QR codes, and below it the documentation and the
// picture in the README. It is a module of its own, so that a browser, a Markdown parser and a QR reader are no dependencies
// of the provider.
package webtest
