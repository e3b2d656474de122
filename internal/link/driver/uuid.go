package driver

import (
	"errors"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/tfvalue"
)

// ValidateUUID is an Info.CheckID for ids that are UUIDs of any version.
func ValidateUUID(id string) error {
	if !tfvalue.IsUUID(id) {
		return errors.New("an ID is a UUID such as 3c90c3cc-0d44-4b50-8888-8dd25736052a")
	}
	return nil
}
