;;; spec-lsp.el --- Specifications in Markdown, served to Eglot  -*- lexical-binding: t; -*-

;; Put this folder on the `load-path' and say (require 'spec-lsp).
;; It needs markdown-mode, and Eglot: part of Emacs 29, a package for older ones.

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs '(markdown-mode . ("spec-lsp" "serve")))
(add-hook 'markdown-mode-hook #'eglot-ensure)

;; What a project is: a repository, or (from Emacs 29 on) the folder of spec-lsp.toml.
(when (boundp 'project-vc-extra-root-markers)
  (add-to-list 'project-vc-extra-root-markers "spec-lsp.toml"))

(defun spec-lsp-new (kind title)
  "Open a new document of KIND called TITLE, with its ID, date and author filled in."
  (interactive
   (list (completing-read "Kind: " (spec-lsp--kinds) nil t) (read-string "Title: ")))
  (let* ((answer (or (spec-lsp--ask "specLsp.new" :kind kind :title title)
                     (user-error "There is no ID here that is still free")))
         (file (eglot--uri-to-path (plist-get answer :uri))))
    (make-directory (file-name-directory file) t)
    (find-file file)
    (if (fboundp 'yas-expand-snippet)
        (yas-expand-snippet (plist-get answer :snippet))
      (insert (plist-get answer :plain)))))

(defun spec-lsp-next-placeholder (&optional backwards)
  "Go to the next place that waits to be filled in; with BACKWARDS, to the one before."
  (interactive "P")
  (let* ((position (plist-get (eglot--TextDocumentPositionParams) :position))
         (backwards (if backwards t :json-false))
         (range (spec-lsp--ask "specLsp.nextPlaceholder" :position position :backwards backwards)))
    (unless range
      (user-error "Nothing is left to fill in"))
    (goto-char (eglot--lsp-position-to-point (plist-get range :start)))))

(defun spec-lsp-previous-placeholder ()
  "Go to the place before that waits to be filled in."
  (interactive)
  (spec-lsp-next-placeholder t))

(defun spec-lsp-insert-missing ()
  "Insert every section that the template asks for and the document lacks."
  (interactive)
  (spec-lsp--ask "specLsp.insertMissing"))

(defun spec-lsp--ask (command &rest given)
  "Ask the server for one of its commands, COMMAND, with GIVEN said about this file."
  (let ((file (plist-get (plist-get (eglot--TextDocumentPositionParams) :textDocument) :uri)))
    (jsonrpc-request
     (or (eglot-current-server) (user-error "No server runs here; M-x eglot starts it"))
     :workspace/executeCommand
     (list :command command :arguments (vector (append (list :uri file) given))))))

(defun spec-lsp--kinds ()
  "The kinds of documents that can be written."
  (mapcar (lambda (each) (plist-get each :kind)) (spec-lsp--ask "specLsp.templates")))

(provide 'spec-lsp)
;;; spec-lsp.el ends here
