package driver_test

import (
	"testing"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/driver"
)

func TestValidateUUID(t *testing.T) {
	t.Parallel()
	for id, good := range map[string]bool{
		"3c90c3cc-0d44-4b50-8888-8dd25736052a": true, "019788b3-57ab-727c-b26e-86b95c16e93f": true, "019788B3-57AB-727C-B26E-86B95C16E93F": true,
		"": false, "3c90c3cc0d444b5088888dd25736052a": false, "3c90c3cc-0d44-4b50-8888-8dd25736052a\n": false, "3c90c3cc-0d44-4b50-8888-8dd25736052g": false,
		"urn:uuid:3c90c3cc-0d44-4b50-8888-8dd25736052a": false, "3c90c3cc-0d44-4b50-8888-8dd25736052a:revoke": false,
	} {
		if err := driver.ValidateUUID(id); (err == nil) != good {
			t.Errorf("%q: %v", id, err)
		}
	}
}
