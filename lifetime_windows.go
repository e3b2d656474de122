package main

import "os"

// waitForEnd waits until the parent process has ended. It returns never if that cannot be watched.
func waitForEnd(parent int) {
	process, err := os.FindProcess(parent)
	if err == nil {
		_, err = process.Wait()
	}
	if err != nil {
		select {}
	}
}
