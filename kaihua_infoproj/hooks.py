"""What Frappe reads when the app is installed on a bench. Documents, gate and access come with the desk edition."""

app_name = "kaihua_infoproj"
app_title = "开化县信息化项目管理"
app_publisher = "The kaihua_infoproj maintainers"
app_description = "开化县信息化项目管理办法（试行）：规则、审批流程与全周期管理"
app_license = "gpl-3.0"
required_apps = ["frappe/erpnext"]
