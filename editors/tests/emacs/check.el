;;; check.el --- Runs inside Emacs in batch mode: what a user of Eglot does  -*- lexical-binding: t; -*-

(package-initialize)
(require 'markdown-mode)
(when (and (not (getenv "PLAIN")) (require 'yasnippet nil t))
  (yas-global-mode 1))
(add-to-list 'load-path (getenv "CONFIGURATION"))
(setq eglot-sync-connect 20
      eglot-send-changes-idle-time 0.05
      make-backup-files nil
      last-nonmenu-event ?x)
(require 'spec-lsp)
(load (expand-file-name "steps" (file-name-directory load-file-name)))

(message "Emacs %s, Eglot %s, %s" emacs-version
         (if (assq 'eglot package-alist)
             (package-version-join (package-desc-version (cadr (assq 'eglot package-alist))))
           "built in")
         (if (featurep 'yasnippet) "with yasnippet" "without snippets"))

;; In batch mode no timer fires while nothing is read, so changes are sent by hand.
(defun check-findings ()
  "What is wrong in the buffer, as text."
  (eglot--signal-textDocument/didChange)
  (flymake-start)
  (mapconcat #'flymake-diagnostic-text (flymake-diagnostics) "\n"))

(defun check-complete (wanted)
  "Take the completion called WANTED at point, as a completion menu would."
  (let* ((found (eglot-completion-at-point))
         (names (all-completions (buffer-substring (nth 0 found) (point)) (nth 2 found)
                                 (plist-get (nthcdr 3 found) :predicate)))
         (chosen (seq-find (lambda (each) (string-prefix-p wanted (string-trim each))) names)))
    (unless chosen
      (error "%s is not among %S" wanted names))
    (delete-region (nth 0 found) (point))
    (insert chosen)
    (funcall (plist-get (nthcdr 3 found) :exit-function) chosen 'finished)))

(defun check-card ()
  "What is shown of the thing at point."
  (let (card)
    (eglot-hover-eldoc-function (lambda (text &rest _) (setq card text)))
    (check-eventually (lambda () card))
    (substring-no-properties card)))

(check-file "docs/specs/SPEC-001-reminders.md")
(run-hooks 'post-command-hook)          ; `eglot-ensure' waits for it.
(check-step "the server runs" (check-eventually #'eglot-managed-p))
(check-step "a wrong value is reported"
  (check-eventually (lambda () (string-match-p "Expected one of" (check-findings)))))
(check-step "a card shows what is meant"
  (check-go-to "SPEC-0" 2)
  (string-match-p "Quiet hours" (check-card)))
(check-step "the definition is in another file"
  (check-go-to "SPEC-002" -2)
  (call-interactively #'xref-find-definitions)
  (string-suffix-p "SPEC-002-quiet-hours.md" (buffer-file-name)))
(check-file "docs/specs/SPEC-001-reminders.md")
(check-step "an ID is renamed in every file"
  (check-go-to "SPEC-002" -2)
  (let ((this-command 'eglot-rename))
    (eglot-rename "SPEC-020"))
  (save-some-buffers t)
  (and (string-match-p "quiet hours of SPEC-020" (check-disk "docs/specs/SPEC-001-reminders.md"))
       (string-match-p "ID\\*\\*: SPEC-020" (check-disk-of "SPEC-0.*quiet-hours"))))
(check-step "a fix corrects the value"
  (check-go-to "Aproved" -2)
  (check-findings)
  (check-choosing "Replace with" (lambda () (call-interactively #'eglot-code-actions)))
  (save-buffer)
  (string-match-p "Status\\*\\*: Approved" (check-disk "docs/specs/SPEC-001-reminders.md")))
(check-step "values are completed"
  (check-go-to "Status**: Approved" 0)
  (delete-char (- (length "Approved")))
  (check-findings)
  (check-complete "Draft")
  (save-buffer)
  (string-match-p "Status\\*\\*: Draft" (check-disk "docs/specs/SPEC-001-reminders.md")))
(check-step "documents are completed with their titles"
  (check-go-to "phoned." 0)
  (insert " See SPEC-")
  (check-findings)
  (let* ((found (eglot-completion-at-point))
         (all (all-completions "" (nth 2 found)))
         (other (seq-find (lambda (each) (string-match-p "SPEC-020" each)) all)))
    (string-match-p "Quiet hours" (funcall (plist-get (nthcdr 3 found) :annotation-function) other))))
(check-step "a whole document is completed, or its first line"
  (check-file "docs/bugs/BUG-001-new.md")
  (run-hooks 'post-command-hook)
  (check-eventually #'eglot-managed-p)
  (insert "Bug")
  (check-findings)
  (check-complete "Bug Fix")
  (message "    %s" (buffer-substring (point-min) (save-excursion (goto-char (point-min)) (line-end-position))))
  (and (string-prefix-p "# Bug Fix Specification" (buffer-string))
       (not (string-match-p "\\${" (buffer-string)))
       (if (featurep 'yasnippet) (> (count-lines (point-min) (point-max)) 20)
         (= (count-lines (point-min) (point-max)) 1))))
(check-step "a new document is named and filled"
  (check-file "docs/specs/SPEC-001-reminders.md")
  (spec-lsp-new "decision" "Which queue")
  (check-eventually #'eglot-managed-p)
  (and (string-match-p "DEC-001-which-queue.md" (buffer-file-name))
       (string-match-p "Which queue" (buffer-string))
       (not (string-match-p "\\${" (buffer-string)))))
(check-step "the next placeholder is found"
  (save-buffer)
  (goto-char (point-min))
  (spec-lsp-next-placeholder)
  (> (line-number-at-pos) 1))
(check-end)
