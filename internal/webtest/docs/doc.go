// Package docs holds what must be true of everything that people read: the README, CONTRIBUTING, CHANGELOG, the templates, the pages
// made from them, and the examples. It is tests only.
//
// A block of code on a page is a promise that it works, so each one is formatted, parsed and, unless it says that it cannot be,
// applied by a real engine. An HTML comment before a block, which no reader sees, says what it is; block_test.go lists the words.
package docs
