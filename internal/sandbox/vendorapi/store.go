package vendorapi

import (
	"iter"
	"slices"
)

// Store keeps records in the order of their arrival and finds them by id. It is not locked: its vendor is.
type Store[T any] struct {
	order []string
	byID  map[string]T
}

// Put adds or replaces the record of an id; a replaced one keeps its place.
func (s *Store[T]) Put(id string, record T) {
	if s.byID == nil {
		s.byID = map[string]T{}
	}
	if _, held := s.byID[id]; !held {
		s.order = append(s.order, id)
	}
	s.byID[id] = record
}

// Get finds a record.
func (s *Store[T]) Get(id string) (T, bool) {
	record, ok := s.byID[id]
	return record, ok
}

// Delete removes a record and tells whether it was there.
func (s *Store[T]) Delete(id string) bool {
	if _, ok := s.byID[id]; !ok {
		return false
	}
	delete(s.byID, id)
	s.order = slices.DeleteFunc(s.order, func(held string) bool { return held == id })
	return true
}

// All walks the records, oldest first.
func (s *Store[T]) All() iter.Seq[T] {
	return func(yield func(T) bool) {
		for _, id := range s.order {
			if !yield(s.byID[id]) {
				return
			}
		}
	}
}
