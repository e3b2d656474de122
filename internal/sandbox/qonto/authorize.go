package qonto

import (
	"fmt"
	"html"
	"net/http"
	"net/url"
	"strings"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// code is an authorization code, for one use.
type code struct {
	vendorapi.Token
	redirect string
}

// authorizePage asks a person whether an application may act in the organization's name (contract 1.8), and leads back to the
// application with a code or an error. What the page looks like, and which redirect addresses are taken, is our own choice (contract 8.33).
func (s *Server) authorizePage(call *vendorapi.Call) vendorapi.Reply {
	query := call.Query
	caller, known := s.auth.clients[query.Get("client_id")]
	redirect, err := url.Parse(query.Get("redirect_uri"))
	switch {
	case !known:
		return authorizeNotice("The client_id is not known")
	case err != nil || redirect.Scheme != "https" && redirect.Scheme != "http" || redirect.Host == "":
		return authorizeNotice("The redirect_uri is not a whole address")
	case query.Get("response_type") != "code":
		return leadBack(redirect, query, "error", "unsupported_response_type")
	case len(query.Get("state")) < 8:
		return leadBack(redirect, query, "error", "invalid_state")
	case query.Get("scope") == "":
		return leadBack(redirect, query, "error", "invalid_scope")
	case call.Method == http.MethodGet:
		return consentPage(query)
	}
	form, _ := url.ParseQuery(string(call.Body)) // an unreadable form allows nothing
	if form.Get("consent") != "allow" {
		return leadBack(redirect, query, "error", "access_denied")
	}
	secret := vendorapi.Secret("ory_ac_")
	s.auth.codes[secret] = code{
		Token: vendorapi.Token{Account: caller.ID, Expires: s.Now().Add(codeLifetime), Scopes: strings.Fields(query.Get("scope"))}, redirect: query.Get("redirect_uri"),
	}
	call.Commit()
	return leadBack(redirect, query, "code", secret)
}

// leadBack redirects to the application.
func leadBack(redirect *url.URL, query url.Values, name, value string) vendorapi.Reply {
	back := redirect.Query()
	back.Set(name, value)
	back.Set("state", query.Get("state"))
	redirect.RawQuery = back.Encode()
	reply := vendorapi.Text(http.StatusSeeOther, vendorapi.ContentTypeHTML, "")
	reply.Header.Set("Location", redirect.String())
	return reply
}

func authorizeNotice(text string) vendorapi.Reply {
	return vendorapi.Text(http.StatusBadRequest, vendorapi.ContentTypeHTML, "<!DOCTYPE html>\n<title>Authorize</title><p>"+text+".</p>\n")
}

func consentPage(query url.Values) vendorapi.Reply {
	var scopes strings.Builder
	for _, scope := range strings.Fields(query.Get("scope")) {
		fmt.Fprintf(&scopes, "<li>%s</li>\n", html.EscapeString(scope))
	}
	return vendorapi.Text(http.StatusOK, vendorapi.ContentTypeHTML, fmt.Sprintf(`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Authorize an application</title></head>
<body><h1>Authorize an application</h1>
<p>The application %s asks to act in your organization's name:</p>
<ul>
%s</ul>
<form method="post"><button name="consent" value="allow">Allow</button> <button name="consent" value="deny">Deny</button></form>
</body></html>
`, html.EscapeString(query.Get("client_id")), scopes.String()))
}
