package qonto_test

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/acctest"
)

const invoiceID = "0194f1c2-5d0a-7c11-9e21-6a1f0f0c7a11"

// basket is the smallest basket link; changes replace attributes by dotted path.
func basket(changes ...object) object {
	return changed(object{
		"potential_payment_methods": list{"credit_card"},
		"reusable":                  true,
		"items": list{object{
			"title": "Item 1", "quantity": 1, "unit_price": object{"value": "10.99", "currency": "EUR"}, "vat_rate": "21.0",
		}},
	}, changes)
}

// fullBasket names every argument of a basket.
func fullBasket(changes ...object) object {
	return changed(object{
		"potential_payment_methods": list{"credit_card", "paypal"},
		"reusable":                  false,
		"items": list{
			object{
				"title": "Workshop", "quantity": 2, "unit_price": object{"value": "149.50", "currency": "EUR"}, "vat_rate": "20",
				"type": "service", "description": "Two days in Lyon", "measure_unit": "day",
			},
			object{
				"title": "Handbook", "quantity": 3, "unit_price": object{"value": "9.90", "currency": "EUR"}, "vat_rate": "5.5",
				"type": "good", "description": "Printed", "measure_unit": "unit",
			},
		},
	}, changes)
}

func invoice(changes ...object) object {
	return changed(object{
		"potential_payment_methods": list{"ideal"},
		"invoice_id":                invoiceID,
		"invoice_number":            "F-2026-0042",
		"debitor_name":              debitor,
		"amount":                    object{"value": "1250.00", "currency": "EUR"},
	}, changes)
}

func changed(config object, changes []object) object {
	for _, change := range changes {
		for path, value := range change {
			config = with(config, path, value)
		}
	}
	return config
}

// with is a copy of config with another value at a dotted path.
func with(config object, path string, value any) object {
	return put(config, strings.Split(path, "."), value).(object)
}

func put(in any, path []string, value any) any {
	if len(path) == 0 {
		return value
	}
	switch in := in.(type) {
	case list:
		i, err := strconv.Atoi(path[0])
		if err != nil {
			panic(err)
		}
		out := slices.Clone(in)
		out[i] = put(in[i], path[1:], value)
		return out
	case object:
		out := maps.Clone(in)
		out[path[0]] = put(in[path[0]], path[1:], value)
		return out
	default:
		return put(object{}, path, value)
	}
}

// at is the value of a dotted path.
func at(in any, path string) any {
	for name := range strings.SplitSeq(path, ".") {
		switch v := in.(type) {
		case object:
			in = v[name]
		case list:
			i, err := strconv.Atoi(name)
			if err != nil || i >= len(v) {
				return nil
			}
			in = v[i]
		default:
			return nil
		}
	}
	return in
}

// leaves are the dotted paths of everything in a configuration that is no object and no list of objects.
func leaves(prefix string, in any) []string {
	join := func(name string) string { return strings.TrimPrefix(prefix+"."+name, ".") }
	var out []string
	switch in := in.(type) {
	case object:
		for _, name := range slices.Sorted(maps.Keys(in)) {
			out = append(out, leaves(join(name), in[name])...)
		}
	case list:
		if len(in) > 0 {
			if _, nested := in[0].(object); nested {
				for i := range in {
					out = append(out, leaves(join(strconv.Itoa(i)), in[i])...)
				}
				return out
			}
		}
		return []string{prefix}
	default:
		return []string{prefix}
	}
	return out
}

// shapes are the two kinds of link.
var shapes = map[string]func(...object) object{"basket": basket, "full basket": fullBasket, "invoice": invoice}

// top is the first part of a dotted path.
func top(path string) string {
	name, _, _ := strings.Cut(path, ".")
	return name
}

const unknown = acctest.Unknown
