namespace Akimbo.Tensors.Kernels;

/// <summary>The sizes of a 2-D convolution or pooling: what PyTorch's layers call by the same names.</summary>
/// <param name="Batch">N.</param>
/// <param name="InChannels">Channels of the input.</param>
/// <param name="InHeight">Rows of the input.</param>
/// <param name="InWidth">Columns of the input.</param>
/// <param name="OutChannels">Channels of the output.</param>
/// <param name="KernelSize">Rows and columns of the kernel.</param>
/// <param name="Stride">Input pixels between neighbouring outputs (of a transposed convolution: output pixels between neighbouring inputs).</param>
/// <param name="Padding">Rows and columns of zeros around the input (of a transposed convolution: cropped from the output).</param>
/// <param name="Groups">Groups of channels that do not see each other.</param>
/// <param name="Transposed">Whether this is the gradient of a convolution with respect to its input, used forward.</param>
/// <param name="ExtraRows">Rows that a transposed convolution has at the bottom beyond those that its input determines, less than the stride.</param>
/// <param name="ExtraColumns">Columns at the right, likewise.</param>
internal readonly record struct ConvolutionGeometry(
    int Batch, int InChannels, int InHeight, int InWidth, int OutChannels,
    int KernelSize, int Stride = 1, int Padding = 0, int Groups = 1, bool Transposed = false,
    int ExtraRows = 0, int ExtraColumns = 0)
{
    /// <summary>Rows of the output.</summary>
    public int OutHeight => OutLength(InHeight) + ExtraRows;

    /// <summary>Columns of the output.</summary>
    public int OutWidth => OutLength(InWidth) + ExtraColumns;

    /// <summary>Whether every channel has a filter of its own and no other input.</summary>
    public bool IsDepthwise => !Transposed && Groups == InChannels && Groups == OutChannels && Groups > 1;

    /// <summary>Multiply-adds of the whole convolution, zeros of the padding counted, as the field counts them.</summary>
    public long MultiplyAdds => (long)Batch * KernelSize * KernelSize * InChannels / Groups * OutChannels
        * (Transposed ? (long)InHeight * InWidth : (long)OutHeight * OutWidth);

    private int OutLength(int inLength) => Transposed
        ? (inLength - 1) * Stride - 2 * Padding + KernelSize
        : (inLength + 2 * Padding - KernelSize) / Stride + 1;
}
