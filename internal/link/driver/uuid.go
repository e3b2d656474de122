package driver

import (
	"errors"
	"regexp"
)

var uuidPattern = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// ValidateUUID is an Info.CheckID for ids that are UUIDs of any version.
func ValidateUUID(id string) error {
	if !uuidPattern.MatchString(id) {
		return errors.New("an ID is a UUID such as 3c90c3cc-0d44-4b50-8888-8dd25736052a")
	}
	return nil
}
