;;; spec-lsp.el --- Specifications in Markdown, for Eglot  -*- lexical-binding: t; -*-

;; Put this folder on the `load-path' and add (require 'spec-lsp) to your init file.
;; Requires markdown-mode and Eglot (part of Emacs 29, a package for older versions).

;;; Code:

(require 'eglot)

(add-to-list 'eglot-server-programs '(markdown-mode . ("spec-lsp" "serve")))
(add-hook 'markdown-mode-hook #'eglot-ensure)

;; A project is a repository or, in Emacs 29 and newer, the folder of spec-lsp.toml.
(when (boundp 'project-vc-extra-root-markers)
  (add-to-list 'project-vc-extra-root-markers "spec-lsp.toml"))

(defun spec-lsp-new (kind title)
  "Create a document of KIND with TITLE, its ID, date and author filled in."
  (interactive
   (list (completing-read "Kind: " (spec-lsp--kinds) nil t) (read-string "Title: ")))
  (let* ((answer (or (spec-lsp--ask "specLsp.new" :kind kind :title title)
                     (user-error "No free ID found for this kind")))
         (file (eglot--uri-to-path (plist-get answer :uri))))
    (make-directory (file-name-directory file) t)
    (find-file file)
    (if (fboundp 'yas-expand-snippet)
        (yas-expand-snippet (plist-get answer :snippet))
      (insert (plist-get answer :plain)))))

(defun spec-lsp-next-placeholder (&optional backwards)
  "Go to the next placeholder; with BACKWARDS, to the previous one."
  (interactive "P")
  (let* ((position (plist-get (eglot--TextDocumentPositionParams) :position))
         (backwards (if backwards t :json-false))
         (range (spec-lsp--ask "specLsp.nextPlaceholder" :position position :backwards backwards)))
    (unless range
      (user-error "No placeholders left in this document"))
    (goto-char (eglot--lsp-position-to-point (plist-get range :start)))))

(defun spec-lsp-previous-placeholder ()
  "Go to the previous placeholder."
  (interactive)
  (spec-lsp-next-placeholder t))

(defun spec-lsp-insert-missing ()
  "Insert all missing sections."
  (interactive)
  (spec-lsp--ask "specLsp.insertMissing"))

(defun spec-lsp--ask (command &rest given)
  "Run the server's COMMAND on this file with the arguments GIVEN."
  (let ((file (plist-get (plist-get (eglot--TextDocumentPositionParams) :textDocument) :uri)))
    (jsonrpc-request
     (or (eglot-current-server) (user-error "No server is running; start it with M-x eglot"))
     :workspace/executeCommand
     (list :command command :arguments (vector (append (list :uri file) given))))))

(defun spec-lsp--kinds ()
  "Return the kinds that have a template."
  (mapcar (lambda (each) (plist-get each :kind)) (spec-lsp--ask "specLsp.templates")))

(provide 'spec-lsp)
;;; spec-lsp.el ends here
