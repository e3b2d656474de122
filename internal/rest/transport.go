package rest

import (
	"crypto/tls"
	"errors"
	"net"
	"net/http"
	"net/url"
	"time"
)

const (
	dialTimeout     = 30 * time.Second
	idleConnections = 64 // above any usual -parallelism, so that no request pays for a new handshake
	maxHeaderBytes  = 1 << 20
	// idleTimeout is below that of common servers (Node's 5 s is the shortest): a write on a connection that the server
	// just closes is lost in a way that looks like a create whose outcome is unknown.
	idleTimeout = 4 * time.Second
)

// newTransport takes Go's own defaults, which honour HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE and SSL_CERT_DIR.
func newTransport() *http.Transport {
	return &http.Transport{
		Proxy:                  proxy,
		DialContext:            (&net.Dialer{Timeout: dialTimeout, KeepAlive: dialTimeout}).DialContext,
		ForceAttemptHTTP2:      true,
		MaxIdleConns:           2 * idleConnections,
		MaxIdleConnsPerHost:    idleConnections,
		IdleConnTimeout:        idleTimeout,
		TLSHandshakeTimeout:    10 * time.Second,
		ExpectContinueTimeout:  time.Second,
		MaxResponseHeaderBytes: maxHeaderBytes,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12},
	}
}

// proxy hides the text of a malformed proxy address, which may hold a password.
func proxy(request *http.Request) (*url.URL, error) {
	address, err := http.ProxyFromEnvironment(request)
	if err != nil {
		return nil, errors.New("the proxy address in the environment is not a URL")
	}
	return address, nil
}
