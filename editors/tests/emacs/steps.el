;;; steps.el --- What the checks in Emacs have in common  -*- lexical-binding: t; -*-

(defvar check-failed 0 "How many steps went wrong.")

(defmacro check-step (name &rest body)
  "Do BODY, and say under NAME whether it answered with something."
  (declare (indent 1))
  `(let ((answer (condition-case why (progn ,@body) (error (message "    %S" why) nil))))
     (message "%s %s" (if answer "ok" "FAILED") ,name)
     (unless answer (setq check-failed (1+ check-failed)))))

(defun check-eventually (holds)
  "Wait until HOLDS answers with something, for at most 20 seconds."
  (let ((end (+ (float-time) 20)) answer)
    (while (and (not (setq answer (funcall holds))) (< (float-time) end))
      (accept-process-output nil 0.02))
    answer))

(defun check-file (name)
  "Show the file NAME of the workspace."
  (switch-to-buffer (find-file-noselect (expand-file-name name (getenv "WORKSPACE")))))

(defun check-go-to (text offset)
  "Move point OFFSET characters past the end of the first TEXT."
  (goto-char (point-min))
  (search-forward text)
  (forward-char offset))

(defun check-disk (name)
  "The text of the file NAME on the disk."
  (with-temp-buffer
    (insert-file-contents (expand-file-name name (getenv "WORKSPACE")))
    (buffer-string)))

(defun check-disk-of (pattern)
  "The text of the file on the disk whose name matches PATTERN."
  (with-temp-buffer
    (insert-file-contents (car (directory-files-recursively (getenv "WORKSPACE") pattern)))
    (buffer-string)))

(defun check-choosing (title work)
  "Do WORK; when it asks to choose, take what begins with TITLE."
  (let ((completing-read-function
         (lambda (_prompt choices &rest _)
           (seq-find (lambda (each) (string-prefix-p title each)) (all-completions "" choices))))
        (use-dialog-box nil))
    (funcall work)))

(defun check-end ()
  "Leave Emacs, with the number of what failed."
  (message "%d failed" check-failed)
  (dolist (buffer (buffer-list))
    (with-current-buffer buffer (set-buffer-modified-p nil)))
  (kill-emacs (min check-failed 1)))
