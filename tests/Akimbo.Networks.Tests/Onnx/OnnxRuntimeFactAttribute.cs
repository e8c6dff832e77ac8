using Akimbo.Networks.Onnx;

namespace Akimbo.Networks.Tests.Onnx;

/// <summary>A test that runs exported models in ONNX Runtime; skipped, and counted as such, where it is not installed.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class OnnxRuntimeFactAttribute : FactAttribute
{
    public OnnxRuntimeFactAttribute()
    {
        if (OnnxRuntimePeer.Find() is null) Skip = "ONNX Runtime is not here; run `npm ci` in benchmarks/peers.";
    }
}
