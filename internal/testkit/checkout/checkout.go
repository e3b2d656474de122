// Package checkout finds the checkout of the provider that the working directory is in.
package checkout

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

const module = "module github.com/paymentlinks/terraform-provider-paymentlinks\n"

// Root returns the checkout's absolute path, also from a module of its own below it.
func Root() (string, error) {
	dir, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for ; ; dir = filepath.Dir(dir) {
		text, err := os.ReadFile(filepath.Join(dir, "go.mod"))
		if err == nil && strings.HasPrefix(string(text), module) {
			return dir, nil
		}
		if dir == filepath.Dir(dir) {
			return "", errors.New("the working directory is in no checkout of the provider")
		}
	}
}
