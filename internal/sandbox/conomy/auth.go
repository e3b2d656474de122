package conomy

import (
	"net/http"
	"strconv"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// apiVersion is the only value of the version header that is taken; absent is version 1 (contract 8.26).
const apiVersion = "24-04-2025"

// authenticate refuses who may not call. Order: key, token, then the rest (contract 8.22). It returns the key's account.
func (s *Server) authenticate(call *vendorapi.Call) (account string, refusal vendorapi.Reply, refused bool) {
	caller, known := s.auth.keys[call.Header.Get("X-Api-Key")]
	if !known {
		status, _ := strconv.Atoi(s.Switch.KeyStatus)
		if status == http.StatusUnauthorized {
			return "", s.refuse(status, codeUnauthorized, "invalid API key"), true
		}
		return "", vendorapi.JSON(status, map[string]string{"message": "Forbidden"}), true // the gateway's own words (contract 6.1)
	}
	if call.Op != opToken {
		secret, bearer := call.Bearer()
		token, ok := s.auth.access[secret]
		if !bearer || !ok || token.Account != caller.ID || token.Expired(s.Now()) { // another account's: own choice
			return "", s.refuse(http.StatusUnauthorized, codeUnauthorized, "missing, invalid or expired access token"), true
		}
		if call.Header.Get("User-Agent") == "" { // optional on the token call (contract 1.7)
			return "", s.refuse(http.StatusBadRequest, codeMissing, "User-Agent header is required"), true
		}
	}
	if versions, ok := call.Header["Conomyhq-Api-Version"]; ok && (len(versions) != 1 || versions[0] != apiVersion) {
		return "", s.refuse(http.StatusBadRequest, codeInvalid, "conomyhq-api-version must be "+apiVersion), true
	}
	return caller.ID, vendorapi.Reply{}, false
}
