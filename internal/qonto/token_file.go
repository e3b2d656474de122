package qonto

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/paymentlinks/terraform-provider-paymentlinks/internal/settings"
)

const (
	maxTokenFile = 1 << 20
	// reserved is how much longer than the old content the new one may be.
	reserved = 8 << 10
)

// writer writes new tokens to a place that has been proven: there is room for them, and the rename works.
type writer struct {
	file      *os.File
	old, size int    // of the content so far, and of the room
	path      string // that the file is renamed to; empty where it is written in place
	committed bool
}

// newWriter proves that a token file can be rewritten, by rewriting it as it is. A file that cannot be renamed over, such as one that is
// mounted by itself, or without room beside it, is written in place.
func newWriter(path string) (*writer, error) {
	old, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	size := len(old) + reserved
	if probe, err := newTemp(path, old, size); err == nil {
		if err = errors.Join(probe.Truncate(int64(len(old))), os.Rename(probe.Name(), path)); err == nil {
			if temp, err := newTemp(path, old, size); err == nil {
				_ = probe.Close()
				return &writer{file: temp, size: size, path: path}, nil
			}
		}
		_ = probe.Close()
		_ = os.Remove(probe.Name()) // gone already after the rename
	}
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	w := &writer{file: file, old: len(old), size: size}
	if err := w.put(old); err != nil {
		w.close()
		return nil, err
	}
	_ = file.Chmod(0o600) // whoever does not own the file cannot
	return w, nil
}

// newTemp returns a file beside a token file that holds its content, and room.
func newTemp(path string, content []byte, size int) (*os.File, error) {
	temp, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+tempSuffix) // owner-only by its nature
	if err != nil {
		return nil, err
	}
	if err := (&writer{file: temp, size: size}).put(content); err != nil {
		_ = temp.Close()
		_ = os.Remove(temp.Name())
		return nil, err
	}
	return temp, nil
}

// put writes a content, and blanks up to the room, at once: whoever reads meanwhile finds one content or the other.
func (w *writer) put(content []byte) error {
	_, err := w.file.WriteAt(append(bytes.Clone(content), bytes.Repeat([]byte("\n"), max(0, w.size-len(content)))...), 0)
	return errors.Join(err, w.file.Sync())
}

// commitTokens writes new tokens for good.
func (w *writer) commitTokens(fresh settings.Tokens) error {
	content, err := json.MarshalIndent(fresh, "", "  ")
	if err != nil {
		return err
	}
	return w.commit(append(content, '\n'))
}

// commit writes the new content for good.
func (w *writer) commit(content []byte) error {
	if err := w.put(content); err != nil {
		return err
	}
	w.committed = true
	if err := errors.Join(w.file.Truncate(int64(len(content))), w.file.Sync()); err != nil || w.path == "" {
		return err
	}
	return os.Rename(w.file.Name(), w.path)
}

// close ends the writer. Without a commit the token file is what it was.
func (w *writer) close() {
	if w.path == "" && !w.committed {
		_ = w.file.Truncate(int64(w.old))
	}
	_ = w.file.Close()
	if w.path != "" {
		_ = os.Remove(w.file.Name())
	}
}

// isUsable reports whether there is an access token that was not rejected and does not end before a moment.
func isUsable(t settings.Tokens, rejected string, until time.Time) bool {
	return t.AccessToken != "" && t.AccessToken != rejected && (t.ExpiresAt.IsZero() || !until.After(t.ExpiresAt))
}

// readTokens reads a token file. A byte order mark is no part of it. Its errors tell what is wrong and show nothing of it.
func readTokens(path string) (settings.Tokens, error) {
	info, err := os.Stat(path)
	if err != nil {
		return settings.Tokens{}, err
	}
	if !info.Mode().IsRegular() || info.Size() > maxTokenFile { // a pipe would be waited for
		return settings.Tokens{}, fmt.Errorf("%s is not a regular file, or is too large for a token file", path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return settings.Tokens{}, err
	}
	if bytes.HasPrefix(data, []byte("\xff\xfe")) || bytes.HasPrefix(data, []byte("\xfe\xff")) || bytes.IndexByte(data, 0) >= 0 {
		return settings.Tokens{}, fmt.Errorf("%s is encoded as UTF-16, as PowerShell does. Save it as UTF-8", path)
	}
	var raw struct {
		settings.Tokens
		ExpiresAt json.RawMessage `json:"expires_at"`
	}
	if err := json.Unmarshal(bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")), &raw); err != nil {
		return settings.Tokens{}, fmt.Errorf("%s is not a token file: expected a JSON object with client_id, client_secret, access_token, refresh_token and expires_at (RFC 3339)", path)
	}
	content := raw.Tokens
	if len(raw.ExpiresAt) > 0 && json.Unmarshal(raw.ExpiresAt, &content.ExpiresAt) != nil {
		return settings.Tokens{}, fmt.Errorf("expires_at in %s is not a timestamp with a time zone, such as 2026-01-31T12:00:00Z (RFC 3339)", path)
	}
	for _, field := range []struct{ name, text string }{
		{"client_id", content.ClientID}, {"client_secret", content.ClientSecret}, {"refresh_token", content.RefreshToken}, {"access_token", content.AccessToken},
	} {
		switch {
		case field.text == "" && field.name != "access_token":
			return settings.Tokens{}, fmt.Errorf("%s lacks %s", path, field.name)
		case settings.HasControl(field.text):
			return settings.Tokens{}, fmt.Errorf("%s in %s contains a line break or another control character", field.name, path)
		}
	}
	return content, nil
}
