package lenient

import "bytes"

// cursor is a place in valid JSON.
type cursor struct {
	data   []byte
	at     int
	depth  int   // of objects and arrays around it
	failed error // of a target that decodes itself
}

// next moves to the next value or sign, and returns its first byte.
func (c *cursor) next() byte {
	for c.at < len(c.data) {
		switch b := c.data[c.at]; b {
		case ' ', '\t', '\r', '\n':
			c.at++
		default:
			return b
		}
	}
	return 0
}

// elements moves into an object or array, or past the element before, and reports whether there is another one.
func (c *cursor) elements() bool {
	sign := c.next() // '{', '[' and ',' come before an element, '}' and ']' after the last
	c.at++
	if sign == '}' || sign == ']' {
		return false
	}
	if sign != ',' && (c.next() == '}' || c.next() == ']') {
		c.at++
		return false
	}
	return true
}

// key moves past a key and its colon.
func (c *cursor) key() []byte {
	c.next()
	raw := c.skip()
	c.next()
	c.at++
	if bytes.IndexByte(raw, '\\') >= 0 {
		return []byte(unquote(raw))
	}
	return raw[1 : len(raw)-1]
}

// skip moves past the value at the cursor, and returns it.
func (c *cursor) skip() []byte {
	start, depth := c.at, 0
	for c.at < len(c.data) {
		switch c.data[c.at] {
		case '"':
			for c.at++; c.data[c.at] != '"'; c.at++ {
				if c.data[c.at] == '\\' {
					c.at++
				}
			}
			c.at++
		case '{', '[':
			depth++
			c.at++
		case '}', ']':
			depth--
			c.at++
		case ',', ':', ' ', '\t', '\r', '\n':
			c.at++
		default:
			for c.at < len(c.data) && bytes.IndexByte([]byte(",:]} \t\r\n"), c.data[c.at]) < 0 {
				c.at++
			}
		}
		if depth == 0 {
			break
		}
	}
	return c.data[start:c.at]
}
