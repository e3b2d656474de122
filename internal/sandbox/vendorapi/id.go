package vendorapi

import (
	"crypto/rand"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"regexp"
	"time"
)

// UUID returns a new version 7 UUID (RFC 9562) of the given moment.
func UUID(now time.Time) string {
	var b [16]byte
	random(b[:])
	var stamp [8]byte
	binary.BigEndian.PutUint64(stamp[:], uint64(now.UnixMilli())) //nolint:gosec // only the low 48 bits are used
	copy(b[:6], stamp[2:])
	b[6] = b[6]&0x0f | 0x70
	b[8] = b[8]&0x3f | 0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

var uuidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$`)

// IsUUID tells whether text has the form of a UUID of any version.
func IsUUID(text string) bool { return uuidForm.MatchString(text) }

// Secret returns prefix and 32 random hexadecimal digits.
func Secret(prefix string) string {
	var b [16]byte
	random(b[:])
	return prefix + hex.EncodeToString(b[:])
}

// random fills b; since Go 1.24 crypto/rand.Read never returns an error.
func random(b []byte) { _, _ = rand.Read(b) }
