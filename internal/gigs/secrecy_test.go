package gigs_test

import "github.com/paymentlinks/terraform-provider-paymentlinks/internal/link/drivertest"

var secrecy = drivertest.Secrecy{
	PayerShape: drivertest.Shape{Name: "stored", Config: stored()}, PayerName: "ebanx.user.full_name",
	Bodies: []string{
		`{"object":"error","type":"%[1]s","message":"%[1]s","code":"%[1]s","hint":"%[1]s","details":[{"property":"%[1]s","code":"x","message":"%[1]s"}]}`,
	},
	Sensitive: []string{
		"ebanx.user.full_name", "ebanx.user.email", "ebanx.user.tax_number", "ebanx.user_wo.full_name", "ebanx.user_wo.email", "ebanx.user_wo.tax_number",
	},
	SensitiveSettings: []string{"api_key"},
	Values:            map[string]string{"tax_number": "11144477735"},
}
