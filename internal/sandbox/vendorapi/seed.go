package vendorapi

import (
	"encoding/json"
	"fmt"
)

// Demo does what Vendor.Demo promises.
func (b *Base[L, S]) Demo() []byte { return b.kind.Demo }

// Seed adds links in the vendor's own JSON: one link, an array, or an answer that has either. On an error none is added.
func (b *Base[L, S]) Seed(data []byte) error {
	samples, err := seedItems(data, b.kind.Lists)
	if err != nil {
		return fmt.Errorf("%s seed: %w", b.kind.Vendor, err)
	}
	var ids []string
	var links []*L
	for i, sample := range samples {
		id, link, err := b.kind.ReadSeed(sample)
		if err != nil {
			return fmt.Errorf("%s seed, link %d: %w", b.kind.Vendor, i, err)
		}
		ids, links = append(ids, id), append(links, link)
	}
	b.Lock()
	defer b.Unlock()
	for i, id := range ids {
		b.put(id, &entry[L]{link: links[i], account: b.kind.Home})
	}
	return nil
}

// seedItems finds the links in a text: each element of an array, or what stands under one of the keys of an object, which is else a
// link itself.
func seedItems(data []byte, keys []string) (items []json.RawMessage, err error) {
	var elements []json.RawMessage
	if json.Unmarshal(data, &elements) == nil && elements != nil {
		for _, element := range elements {
			inner, err := seedItems(element, keys)
			if err != nil {
				return nil, err
			}
			items = append(items, inner...)
		}
		return items, nil
	}
	var answer map[string]json.RawMessage
	if err := json.Unmarshal(data, &answer); err != nil {
		return nil, err
	}
	for _, key := range keys {
		if held, ok := answer[key]; ok {
			return seedItems(held, keys)
		}
	}
	return []json.RawMessage{data}, nil
}
