;;; spec-lsp-lsp-mode.el --- Specifications in Markdown, for lsp-mode  -*- lexical-binding: t; -*-

;; For lsp-mode instead of Eglot.
;; Put this folder on the `load-path' and add (require 'spec-lsp-lsp-mode) to your init file.

;;; Code:

(require 'lsp-mode)

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection '("spec-lsp" "serve"))
  :activation-fn (lsp-activate-on "markdown")
  ;; Run in addition to other Markdown servers.
  :add-on? t
  :server-id 'spec-lsp))

(add-hook 'markdown-mode-hook #'lsp-deferred)

(provide 'spec-lsp-lsp-mode)
;;; spec-lsp-lsp-mode.el ends here
