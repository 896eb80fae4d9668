"""Deployment to a cluster: manifests of Kubernetes, from the configurations of shops."""

__all__ = ["kubernetes", "shops"]
