namespace Akimbo.Networks.Operations;

/// <summary>Refuses sizes that no kernel or window can have.</summary>
internal static class KernelSizes
{
    /// <summary>Checks what convolutions and poolings share.</summary>
    /// <exception cref="ArgumentException">A size is too small; the message names the operation.</exception>
    public static void Check(string operation, int kernelSize, int stride, int padding)
    {
        Require(operation, "kernel size", kernelSize, least: 1);
        Require(operation, nameof(stride), stride, least: 1);
        Require(operation, nameof(padding), padding, least: 0);
    }

    /// <summary>Checks one number.</summary>
    /// <exception cref="ArgumentException">It is less than <paramref name="least"/>.</exception>
    public static void Require(string operation, string what, int value, int least)
    {
        if (value < least) throw new ArgumentException($"{operation}: {what} {value}; expected {least} or more.");
    }
}
