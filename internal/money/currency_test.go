package money

import (
	"maps"
	"slices"
	"strings"
	"testing"
)

func TestMinorUnits(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		digits int
		ok     bool
	}{
		"EUR": {2, true}, "COP": {2, true}, "IDR": {2, true}, "SLE": {2, true}, "XCG": {2, true}, "XAD": {2, true},
		"ZWG": {2, true}, "VED": {2, true}, "MGA": {2, true}, "MRU": {2, true}, "USN": {2, true}, "HUF": {2, true},
		"JPY": {0, true}, "CLP": {0, true}, "ISK": {0, true}, "UYI": {0, true}, "XPF": {0, true},
		"KWD": {3, true}, "TND": {3, true}, "CLF": {4, true}, "UYW": {4, true},
		"XAU": {0, false}, "XTS": {0, false}, "XXX": {0, false}, "XDR": {0, false},
		"HRK": {0, false}, "BGN": {0, false}, "ANG": {0, false}, "ZWL": {0, false}, "CUC": {0, false}, "SLL": {0, false},
		"eur": {0, false}, "": {0, false}, "BTC": {0, false}, "EURO": {0, false},
	}
	for code, want := range tests {
		if digits, ok := MinorUnits(code); digits != want.digits || ok != want.ok {
			t.Errorf("MinorUnits(%q) = %d, %t, want %d, %t", code, digits, ok, want.digits, want.ok)
		}
	}
}

func TestIsCurrencyKnowsActiveCodesOnly(t *testing.T) {
	t.Parallel()
	for code, want := range map[string]bool{"EUR": true, "XAU": true, "CHW": true, "XXX": true, "ANG": false, "eur": false, "": false} {
		if got := IsCurrency(code); got != want {
			t.Errorf("IsCurrency(%q) = %t, want %t", code, got, want)
		}
	}
}

// The whole list, from another source (the iso-codes project, 4.20.1), so that a slip in one group is seen.
func TestCurrenciesAreThoseOfISO4217(t *testing.T) {
	t.Parallel()
	want := strings.Fields(`AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD
		CAD CDF CHE CHF CHW CLF CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP
		GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP
		LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN
		PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT
		TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD
		XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG`)
	if got := slices.Sorted(maps.Keys(currencies)); !slices.Equal(got, want) {
		t.Errorf("got %d codes, want %d:\n%v", len(got), len(want), got)
	}
}
