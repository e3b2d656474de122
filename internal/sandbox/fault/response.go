package fault

import (
	"bytes"
	"fmt"
	"html"
	"maps"
	"net/http"
	"strings"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/sandbox/vendorapi"
)

// tooLargeBody is more than a client has to accept for one element, in bytes.
const tooLargeBody = 2<<20 + 1

// htmlFault is the page of a front server that failed; %s takes an echo of the request.
const htmlFault = "<!DOCTYPE html>\n<html><head><title>Bad gateway</title></head>" +
	"<body><h1>The server is having a moment</h1>%s</body></html>\n"

// Response is a reply and the manner of sending it.
type Response struct {
	vendorapi.Reply
	Drop     bool          // nothing is sent, and the connection closed
	Truncate bool          // half the body is sent
	Slow     bool          // the body is sent byte by byte
	Pause    time.Duration // before each byte of a slow one
}

// Response makes the response of a call that the fault hits; realReply is the vendor's own reply, or nil when the call had no effect.
func (f Fault) Response(vendor vendorapi.Vendor, call *vendorapi.Call, realReply *vendorapi.Reply) Response {
	a := Response{}
	if realReply != nil {
		a.Reply = vendorapi.Reply{Status: realReply.Status, Header: realReply.Header.Clone(), Body: realReply.Body}
	}
	authorization := call.Header.Get("Authorization")
	switch f.Kind {
	case Drop:
		return Response{Drop: true}
	case HTML:
		echo := ""
		if f.Echo {
			echo = "<pre>" + html.EscapeString(authorization) + "\n" + html.EscapeString(string(call.Body)) + "</pre>"
		}
		a.Reply = vendorapi.Text(http.StatusBadGateway, vendorapi.ContentTypeHTML, fmt.Sprintf(htmlFault, echo))
	case Empty:
		a.Reply = vendorapi.Reply{Status: statusOf(realReply), Header: http.Header{}}
	case Truncate:
		a.Truncate = true
	case Malformed:
		a.Reply = vendorapi.Text(statusOf(realReply), vendorapi.ContentTypeJSON, `{"id": "3c90c3cc", "status": `)
	case WrongContentType:
		a.Header.Set("Content-Type", vendorapi.ContentTypeHTML)
	case TooMany:
		a.Reply = vendor.Refuse(call, vendorapi.TooMany, "Too many requests")
	case ExpireToken:
		a.Reply = vendor.Refuse(call, vendorapi.Expired, "The access token expired")
	case Redirect:
		a.Reply = vendorapi.Reply{Status: http.StatusTemporaryRedirect, Header: http.Header{"Location": {f.Location}}}
	case Drip:
		a.Slow, a.Pause = true, f.Delay
	case Wait:
	case Echo:
		a.Reply = vendor.Refuse(call, vendorapi.Invalid, fmt.Sprintf("cannot accept %s from %s", call.Body, authorization))
	case Deviate:
		a.Body = deviate(a.Body, f.Pointer, f.Value)
	case Oversize:
		a.Body = pad(a.Body)
	default:
		contentType := f.ContentType
		if contentType == "" {
			contentType = vendorapi.ContentTypeJSON
		}
		a.Reply = vendorapi.Text(http.StatusInternalServerError, contentType, f.Body)
	}
	if f.Status != 0 {
		a.Status = f.Status
	}
	maps.Copy(a.Header, f.Header)
	return a
}

func statusOf(realReply *vendorapi.Reply) int {
	if realReply == nil {
		return http.StatusOK
	}
	return realReply.Status
}

// pad adds a field of more than 2 MiB to the first element of a JSON answer: of its first list of objects, else to
// the object itself.
func pad(body []byte) []byte {
	at := bytes.Index(body, []byte("[{"))
	if at >= 0 {
		at += 2
	} else if at = bytes.IndexByte(body, '{') + 1; at == 0 {
		return bytes.Repeat([]byte("a"), tooLargeBody)
	}
	padding := `"sandbox_padding":"` + strings.Repeat("a", tooLargeBody) + `"`
	if next := bytes.TrimLeft(body[at:], " \n\t"); len(next) > 0 && next[0] != '}' {
		padding += ","
	}
	return append(append(append([]byte{}, body[:at]...), padding...), body[at:]...)
}
