"""Makes the weights of the picture search from open drawings; needs torch and npm packages, see `train`."""
