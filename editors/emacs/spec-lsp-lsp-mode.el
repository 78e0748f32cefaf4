;;; spec-lsp-lsp-mode.el --- Specifications in Markdown, served to lsp-mode  -*- lexical-binding: t; -*-

;; For those who use lsp-mode instead of Eglot.
;; Put this folder on the `load-path' and say (require 'spec-lsp-lsp-mode).

;;; Code:

(require 'lsp-mode)

(lsp-register-client
 (make-lsp-client
  :new-connection (lsp-stdio-connection '("spec-lsp" "serve"))
  :activation-fn (lsp-activate-on "markdown")
  ;; Another Markdown server may run beside this one.
  :add-on? t
  :server-id 'spec-lsp))

(add-hook 'markdown-mode-hook #'lsp-deferred)

(provide 'spec-lsp-lsp-mode)
;;; spec-lsp-lsp-mode.el ends here
