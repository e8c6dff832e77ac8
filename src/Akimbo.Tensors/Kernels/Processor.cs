using System.Runtime.InteropServices;
using System.Runtime.Intrinsics.X86;
using System.Text;

namespace Akimbo.Tensors.Kernels;

/// <summary>Which processor this is, as far as what kernels cost depends on it.</summary>
internal static class Processor
{
    /// <summary>The vendor of Zen processors.</summary>
    public const string Amd = "AuthenticAMD";

    /// <summary>Vendor, family and model of an x86 processor, such as <c>AuthenticAMD 26 2</c>; the architecture of others.</summary>
    public static string Name { get; } = X86Base.IsSupported ? $"{Vendor} {Family} {Model}" : RuntimeInformation.ProcessArchitecture.ToString();

    /// <summary>The vendor of an x86 processor; empty for others.</summary>
    public static string Vendor
    {
        get
        {
            if (!X86Base.IsSupported) return "";
            var (_, first, third, second) = X86Base.CpuId(0, 0);
            return Encoding.ASCII.GetString(MemoryMarshal.AsBytes<int>([first, second, third]));
        }
    }

    /// <summary>The family of an x86 processor; 0 for others.</summary>
    public static int Family
    {
        get
        {
            int version = Version, family = (version >> 8) & 0xF;
            return family == 0xF ? family + ((version >> 20) & 0xFF) : family;
        }
    }

    private static int Model => ((Version >> 4) & 0xF) | ((Version >> 12) & 0xF0);

    private static int Version => X86Base.IsSupported ? X86Base.CpuId(1, 0).Eax : 0;
}
