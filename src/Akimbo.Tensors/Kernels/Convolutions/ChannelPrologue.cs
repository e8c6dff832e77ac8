namespace Akimbo.Tensors.Kernels.Convolutions;

/// <summary>What a convolution does to its input as it reads it: <c>range(x · Scale + Shift)</c> for each channel.</summary>
/// <param name="Scale">[⌈C/16⌉·16].</param>
/// <param name="Shift">[⌈C/16⌉·16].</param>
/// <param name="Range">The activation.</param>
internal sealed record ChannelPrologue(AlignedFloats Scale, AlignedFloats Shift, ActivationRange Range);
