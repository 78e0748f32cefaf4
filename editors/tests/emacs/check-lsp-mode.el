;;; check-lsp-mode.el --- Runs inside Emacs in batch mode: what a user of lsp-mode does  -*- lexical-binding: t; -*-

(package-initialize)
(require 'markdown-mode)
(when (require 'yasnippet nil t)
  (yas-global-mode 1))
(add-to-list 'load-path (getenv "CONFIGURATION"))
(setq make-backup-files nil
      lsp-auto-guess-root t
      lsp-enable-file-watchers nil
      lsp-completion-provider :none
      lsp-idle-delay 0.05)
(require 'spec-lsp-lsp-mode)
(load (expand-file-name "steps" (file-name-directory load-file-name)))

(message "Emacs %s, lsp-mode %s" emacs-version
         (package-version-join (package-desc-version (cadr (assq 'lsp-mode package-alist)))))

(defun check-findings ()
  "What is wrong in the buffer, as text."
  (mapconcat #'lsp:diagnostic-message (gethash (buffer-file-name) (lsp-diagnostics t)) "\n"))

(defun check-serve (name)
  "Show the file NAME of the workspace; the idle timer that starts the server never fires here."
  (check-file name)
  (lsp)
  (check-eventually (lambda () (and (lsp-workspaces) (lsp--capability :completionProvider)))))

(check-step "the server runs" (check-serve "docs/specs/SPEC-001-reminders.md"))
(check-step "a wrong value is reported"
  (check-eventually (lambda () (string-match-p "Expected one of" (check-findings)))))
(check-step "a card shows what is meant"
  (check-go-to "SPEC-002" -2)
  (let ((card (lsp-request "textDocument/hover" (lsp--text-document-position-params))))
    (string-match-p "Quiet hours" (lsp--render-on-hover-content (lsp:hover-contents card) t))))
(check-step "the definition is in another file"
  (lsp-find-definition)
  (string-suffix-p "SPEC-002-quiet-hours.md" (buffer-file-name)))
(check-file "docs/specs/SPEC-001-reminders.md")
(check-step "an ID is renamed in every file, with its file"
  (check-go-to "SPEC-002" -2)
  (lsp-rename "SPEC-020")
  (save-some-buffers t)
  (and (string-match-p "quiet hours of SPEC-020" (check-disk "docs/specs/SPEC-001-reminders.md"))
       (string-match-p "ID\\*\\*: SPEC-020" (check-disk-of "SPEC-020-quiet-hours"))))
(check-step "a fix corrects the value"
  (check-go-to "Aproved" -2)
  (let ((fixes (lsp-code-actions-at-point)))
    (lsp-execute-code-action
     (seq-find (lambda (each) (string-prefix-p "Replace with" (lsp:code-action-title each))) fixes)))
  (save-buffer)
  (string-match-p "Status\\*\\*: Approved" (check-disk "docs/specs/SPEC-001-reminders.md")))
(check-step "values are completed"
  (check-go-to "Status**: Approved" 0)
  (delete-char (- (length "Approved")))
  (pcase-let* ((`(,start ,_ ,table . ,more) (lsp-completion-at-point))
               (chosen (seq-find (lambda (each) (equal each "Draft")) (all-completions "" table))))
    (delete-region start (point))
    (insert chosen)
    (funcall (plist-get more :exit-function) chosen 'finished))
  (save-buffer)
  (string-match-p "Status\\*\\*: Draft$" (check-disk "docs/specs/SPEC-001-reminders.md")))
(check-end)
