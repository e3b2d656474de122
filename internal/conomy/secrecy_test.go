package conomy_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

var secrecy = drivertest.Secrecy{
	PayerShape: drivertest.Shape{Name: "full", Config: full()}, PayerName: "customer.last_name",
	Bodies: []string{
		`{"status":403,"code":"43","type":"%[1]s","detail":"unknown %[1]s","traceId":"%[1]s"}`, `{"statusCode":403,"error":"%[1]s","message":"%[1]s"}`,
	},
	Sensitive: []string{
		"customer.id", "customer.first_name", "customer.last_name", "customer.email", "customer.phone_number", "customer.phone_number_prefix", "customer.document_type",
		"customer.document_number", "customer.address.administrative_area_level1", "customer.address.administrative_area_level2",
		"customer.address.administrative_area_level3", "customer.address.street", "customer.address.street_number", "customer.address.optional_address",
		"customer.address.country", "customer.address.zipcode",
	},
	SensitiveSettings: []string{"access_token", "api_key", "client_secret"},
}
